/* The terminal of the standard output. */
#ifndef IZH_BIND_PROGRAM_TERMINAL_H
#define IZH_BIND_PROGRAM_TERMINAL_H

#include <stdbool.h>

/* How wide it is, 80 when that is not known; and whether it takes UTF-8. */
int bind_terminal_columns(void);
bool bind_terminal_utf8(void);

#endif
