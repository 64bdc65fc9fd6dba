/* Line editing by libedit; what the functions do is said in edit.h. Without libedit nothing can be opened. */
#ifndef IZH_HOST_TERMINAL_H
#define IZH_HOST_TERMINAL_H

#include "host/edit.h"

typedef struct host_terminal host_terminal;

#ifdef IZHLUA_LIBEDIT

host_terminal *host_terminal_open(lua_State *L);
void host_terminal_close(host_terminal *terminal);
host_line host_terminal_read(host_terminal *terminal, const char *prompt, const char **text);
void host_terminal_remember(host_terminal *terminal, const char *text);

#else

static inline host_terminal *host_terminal_open(lua_State *L) {
  (void)L;
  return NULL;
}
static inline void host_terminal_close(host_terminal *terminal) {
  (void)terminal;
}
static inline host_line host_terminal_read(host_terminal *terminal, const char *prompt, const char **text) {
  (void)terminal, (void)prompt, (void)text;
  return HOST_LINE_END;
}
static inline void host_terminal_remember(host_terminal *terminal, const char *text) {
  (void)terminal, (void)text;
}

#endif
#endif
