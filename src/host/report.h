/* What a run tells the program that watches it (watch.h): the files it loads and the figures it saves. */
#ifndef IZH_HOST_REPORT_H
#define IZH_HOST_REPORT_H

#include <lua.h>
#include <stdbool.h>

#include "host/stamp.h"

enum { HOST_REPORT_PATH_MAX = 3900 }; /* a report is written whole, which a pipe promises for 4096 bytes */

typedef enum host_report_kind { HOST_REPORT_LOADED, HOST_REPORT_SAVED } host_report_kind;

/* In the pipe, before the bytes of the path. */
typedef struct host_report_head {
  host_report_kind kind;
  uint32_t length;
  host_stamp stamp; /* of a file that was loaded, as it was just before */
} host_report_head;

/* From now on this process reports to a pipe, which it owns. */
void host_report_to(int pipe);
bool host_report_wanted(void);

/* Reports a figure. Longer paths than fit are left out. */
void host_report_saved(const char *path);

/* Makes loadfile, dofile and require report what they load, and what they would load if it were there. May
 * raise a Lua error. */
void host_report_open(lua_State *L);

#endif
