/* The command line: a line of the input is an argument. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "host/options.h"

enum { ARGUMENTS = 32 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = malloc(size + 1), *argv[ARGUMENTS + 1] = {"izhlua"};
  if (!text) return 0;
  memcpy(text, data, size);
  text[size] = '\0';
  int argc = 1;
  for (char *word = text; word && argc < ARGUMENTS; argc++) {
    char *line = strchr(word, '\n');
    if (line) *line = '\0';
    argv[argc] = word;
    word = line ? line + 1 : NULL;
  }
  host_options options;
  host_action action = host_options_read(&options, argc, argv);
  if (action == HOST_ACTION_RUN && (options.script < 1 || options.script > argc)) abort();
  int position = 1, statements = 0;
  while (action == HOST_ACTION_RUN && host_options_statement(&options, &position))
    if (++statements > argc) abort();
  if (action == HOST_ACTION_RUN && options.statements != (statements > 0)) abort();
  free(text);
  return 0;
}
