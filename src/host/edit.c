#include "host/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "host/interrupt.h"
#include "host/terminal.h"

struct host_editor {
  host_terminal *terminal; /* NULL: lines are read plainly, into the following */
  char *line;
  size_t size;
};

host_editor *host_editor_open(lua_State *L) {
  host_editor *editor = izh_alloc_zero(1, sizeof *editor);
  if (editor && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) editor->terminal = host_terminal_open(L);
  return editor;
}

void host_editor_close(host_editor *editor) {
  if (!editor) return;
  host_terminal_close(editor->terminal);
  free(editor->line); /* getline's, not ours */
  izh_free(editor);
}

static host_line read_plainly(host_editor *editor, const char *prompt, const char **text) {
  fputs(prompt, stdout);
  fflush(stdout);
  ssize_t length = getline(&editor->line, &editor->size, stdin);
  if (length < 0) {
    clearerr(stdin);
    putchar('\n'); /* the prompt's line ends */
    return host_interrupted() ? HOST_LINE_INTERRUPTED : HOST_LINE_END;
  }
  if (length > 0 && editor->line[length - 1] == '\n') editor->line[length - 1] = '\0';
  *text = editor->line;
  return HOST_LINE;
}

host_line host_editor_read(host_editor *editor, const char *prompt, const char **text) {
  host_interrupt_reading(true);
  host_line result = editor->terminal ? host_terminal_read(editor->terminal, prompt, text)
                                      : read_plainly(editor, prompt, text);
  host_interrupt_reading(false);
  return result;
}

void host_editor_remember(host_editor *editor, const char *text) {
  if (editor->terminal) host_terminal_remember(editor->terminal, text);
}
