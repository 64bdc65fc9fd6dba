/* What the standard output is to text that is drawn on it. */
#include "bind/program/terminal.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int bind_terminal_columns(void) {
  enum { UNKNOWN = 80, MOST = 10000 };
  struct winsize window;
  const char *given = getenv("COLUMNS");
  int columns = given ? atoi(given) : 0;
  if (columns > 0 && columns < MOST) return columns;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 0) return window.ws_col;
  return UNKNOWN;
}

/* By the user's locale, which this program does not set: numbers would be printed with commas. */
bool bind_terminal_utf8(void) {
  locale_t users = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
  if (!users) return false;
  bool utf8 = strcmp(nl_langinfo_l(CODESET, users), "UTF-8") == 0;
  freelocale(users);
  return utf8;
}
