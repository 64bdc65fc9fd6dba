/* Standard streams through which no control character reaches a terminal. */
#ifndef IZH_HOST_VISIBLE_H
#define IZH_HOST_VISIBLE_H

#include <stdbool.h>

/* From now on a control character that is printed to stdout or stderr, by whatever function, shows as \x1b:
 * all but the end of a line and a tab. False when there is no memory. */
bool host_visible_begin(void);

#endif
