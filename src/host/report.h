/* What a run tells the program that watches it (watch.h): the files it loads and the figures it saves. */
#ifndef IZH_HOST_REPORT_H
#define IZH_HOST_REPORT_H

#include <lua.h>
#include <stdbool.h>

#include "base/stamp.h"

enum { HOST_REPORT_PATH_MAX = 3900 }; /* a report is one write, which a pipe keeps whole up to 4096 bytes */

typedef enum host_report_kind { HOST_REPORT_LOADED, HOST_REPORT_SAVED } host_report_kind;

/* In the pipe, before the bytes of the path. */
typedef struct host_report_head {
  host_report_kind kind;
  uint32_t length;
  izh_stamp stamp; /* of a loaded file, taken just before it was loaded */
} host_report_head;

/* From now on this process reports to a pipe, and owns the pipe. */
void host_report_to(int pipe);
bool host_report_wanted(void);

/* Reports a figure, or a file that is about to be loaded. A path that is too long is not reported. */
void host_report_loaded(const char *path);
void host_report_saved(const char *path);

/* Makes require report what it loads, and what it would load if it were there. May raise a Lua error. */
void host_report_open(lua_State *L);

#endif
