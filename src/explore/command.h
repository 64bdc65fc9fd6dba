/* What the page asks for, as a command line. */
#ifndef IZH_EXPLORE_COMMAND_H
#define IZH_EXPLORE_COMMAND_H

#include <stddef.h>

#include "explore/explore.h"
#include "explore/run.h"

typedef struct izh_command {
  char **argv; /* ended by NULL */
  size_t argc;
  char *text; /* as one would type it */
  char tab[IZH_TAB_SIZE];
  char seed[16];  /* "" for none */
  char ending[8]; /* of figures: .svg or .pdf */
} izh_command;

/* Reads a form: tab, which page asks; ending; seed, if any; argument, any number of name=value; or begin, for
 * what the explorer was started with. Returns NULL or what is wrong. To be freed in either case. */
const char *izh_command_read(izh_command *command, const izh_explore *setup, const char *form, size_t length);
void izh_command_free(izh_command *command);

#endif
