#include "host/terminal.h"

#include <errno.h>
#include <histedit.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#include "base/alloc.h"
#include "host/complete.h"
#include "host/interrupt.h"

enum { HISTORY_LENGTH = 1000 };

struct host_terminal {
  lua_State *L;
  EditLine *edit;
  History *history;
  const char *prompt;
  char *line;
  char history_path[PATH_MAX]; /* "": the history is not kept */
};

static volatile sig_atomic_t changed; /* the terminal has another size, or other modes */

static void on_change(int number) {
  (void)number;
  changed = 1;
}

/* Makes the folders of a path. A failure shows later, when the file is opened. */
static void make_folders(const char *path) {
  char folder[PATH_MAX];
  snprintf(folder, sizeof folder, "%s", path);
  for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    mkdir(folder, 0700);
    *slash = '/';
  }
}

static void find_history(char path[PATH_MAX]) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  int length = -1;
  if (state && state[0] == '/')
    length = snprintf(path, PATH_MAX, "%s/izhlua/history", state);
  else if (home && home[0] == '/')
    length = snprintf(path, PATH_MAX, "%s/.local/state/izhlua/history", home);
  if (length < 0 || length >= PATH_MAX) path[0] = '\0';
}

static void open_history(host_terminal *terminal) {
  HistEvent event;
  terminal->history = history_init();
  if (!terminal->history) return;
  history(terminal->history, &event, H_SETSIZE, HISTORY_LENGTH);
  history(terminal->history, &event, H_SETUNIQUE, 1);
  el_set(terminal->edit, EL_HIST, history, terminal->history);
  find_history(terminal->history_path);
  if (terminal->history_path[0]) history(terminal->history, &event, H_LOAD, terminal->history_path);
}

static char *get_prompt(EditLine *edit) {
  host_terminal *terminal;
  el_get(edit, EL_CLIENTDATA, &terminal);
  return (char *)terminal->prompt;
}

/* The terminal was made wider, or the program was stopped and its modes were lost. */
static void redraw(EditLine *edit) {
  changed = 0;
  el_resize(edit);
  el_set(edit, EL_PREP_TERM, 1);
  el_set(edit, EL_REFRESH);
}

/* Reads a byte; 0 at the end of the input, -1 after Ctrl-C. libedit's own reading tries again after a signal.
 */
static int read_byte(EditLine *edit, char *byte) {
  for (;;) {
    if (host_interrupted()) return -1;
    ssize_t count = read(STDIN_FILENO, byte, 1);
    if (count >= 0) return (int)count;
    if (errno != EINTR) return -1;
    if (changed) redraw(edit);
  }
}

static int read_character(EditLine *edit, wchar_t *character) {
  mbstate_t state = {0};
  for (;;) {
    char byte;
    int count = read_byte(edit, &byte);
    if (count != 1) return count;
    size_t used = mbrtowc(character, &byte, 1, &state);
    if (used <= 1) return 1;
    if (used == (size_t)-1) state = (mbstate_t){0}; /* not a character: left out */
  }
}

/* How many bytes all the names have in common at their beginning. */
static size_t common_length(const host_names *names) {
  size_t length = strlen(names->items[0]);
  for (size_t i = 1; i < names->count; i++) {
    size_t same = 0;
    while (same < length && names->items[0][same] == names->items[i][same]) same++;
    length = same;
  }
  return length;
}

static void list_names(const host_names *names) {
  putchar('\n');
  for (size_t i = 0; i < names->count; i++) printf("%s%s", i ? "  " : "", names->items[i]);
  putchar('\n');
  fflush(stdout);
}

/* Completes the name before the cursor as far as it is certain; lists the names when nothing is. */
static unsigned char complete(EditLine *edit, int key) {
  (void)key;
  host_terminal *terminal;
  el_get(edit, EL_CLIENTDATA, &terminal);
  const LineInfo *line = el_line(edit);
  host_names names;
  host_complete(terminal->L, line->buffer, (size_t)(line->cursor - line->buffer), &names);
  unsigned char result = CC_ERROR;
  size_t length = names.count > 0 ? common_length(&names) : 0;
  if (length > names.typed) {
    names.items[0][length] = '\0';
    result = el_insertstr(edit, names.items[0] + names.typed) == 0 ? CC_REFRESH : CC_ERROR;
  } else if (names.count > 1) {
    list_names(&names);
    result = CC_REDISPLAY;
  }
  host_names_free(&names);
  return result;
}

/* The locale decides about the width of characters, but not about the decimal point. The text is UTF-8 in any
 * case, because the files of a script are. */
static void set_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

host_terminal *host_terminal_open(lua_State *L) {
  host_terminal *terminal = izh_alloc_zero(1, sizeof *terminal);
  if (!terminal) return NULL;
  set_locale();
  terminal->L = L;
  terminal->edit = el_init("izhlua", stdin, stdout, stderr);
  if (!terminal->edit) {
    izh_free(terminal);
    return NULL;
  }
  EditLine *edit = terminal->edit;
  el_set(edit, EL_CLIENTDATA, terminal);
  el_set(edit, EL_PROMPT, get_prompt);
  el_set(edit, EL_EDITOR, "emacs");
  el_set(edit, EL_GETCFN, read_character);
  el_set(edit, EL_ADDFN, "izhlua-complete", "complete a Lua name", complete);
  el_set(edit, EL_BIND, "^I", "izhlua-complete", NULL);
  open_history(terminal);
  el_source(edit, NULL); /* ~/.editrc: how the user likes it */
  return terminal;
}

void host_terminal_close(host_terminal *terminal) {
  if (!terminal) return;
  el_end(terminal->edit);
  if (terminal->history) history_end(terminal->history);
  izh_free(terminal->line);
  izh_free(terminal);
}

host_line host_terminal_read(host_terminal *terminal, const char *prompt, const char **text) {
  struct sigaction watch = {.sa_handler = on_change}, resized, continued;
  int length;
  terminal->prompt = prompt;
  sigemptyset(&watch.sa_mask);
  sigaction(SIGWINCH, &watch, &resized);
  sigaction(SIGCONT, &watch, &continued);
  el_set(terminal->edit, EL_PREP_TERM, 1); /* before the prompt is shown, so that no early key is lost */
  const char *line = el_gets(terminal->edit, &length);
  sigaction(SIGWINCH, &resized, NULL);
  sigaction(SIGCONT, &continued, NULL);
  izh_free(terminal->line);
  terminal->line = NULL;
  if (host_interrupted()) {
    puts("^C");
    return HOST_LINE_INTERRUPTED;
  }
  if (!line || length <= 0) {
    putchar('\n');
    return HOST_LINE_END;
  }
  terminal->line = izh_strdup(line);
  if (!terminal->line) return HOST_LINE_END;
  terminal->line[strcspn(terminal->line, "\n")] = '\0';
  *text = terminal->line;
  return HOST_LINE;
}

void host_terminal_remember(host_terminal *terminal, const char *text) {
  HistEvent event;
  if (!terminal->history || text[strspn(text, " \t\n")] == '\0') return;
  history(terminal->history, &event, H_ENTER, text);
  if (!terminal->history_path[0]) return;
  make_folders(terminal->history_path);
  history(terminal->history, &event, H_SAVE, terminal->history_path);
}
