/* A sandbox: what a script of a stranger may use. Files below one folder, and so much memory, disk and
 * processes. Whoever opens a file that a script names does it with the functions below. Without a sandbox
 * they do what the system's functions do, and nothing is limited. */
#ifndef IZH_BASE_SANDBOX_H
#define IZH_BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/status.h"

typedef struct izh_sandbox izh_sandbox;

/* From now on this process, and what it forks, is in a sandbox. Once in a process, before a script runs.
 * memory: bytes that Lua and alloc.h may hold together; disk: bytes that may be written in all, by all
 * processes; processes: how many may be forked and not have ended yet. IZH_IO: the folder cannot be opened.
 */
izh_status izh_sandbox_begin(const char *folder, unsigned long long memory, unsigned long long disk,
                             int processes, izh_err *err);

/* The sandbox that this process is in, or NULL; and the same for a module, which has a copy of this file. */
izh_sandbox *izh_sandbox_now(void);
void izh_sandbox_join(izh_sandbox *sandbox);

/* The folder, an absolute path without links; NULL when there is no sandbox. */
const char *izh_sandbox_folder(void);

/* --- files; errno EXDEV: outside of the folder --- */

/* As open. In a sandbox, a relative path begins in its folder. Links are followed as long as they stay below
 * the folder, whatever other processes do meanwhile; where the system cannot promise that, no link is.
 * /dev/null can be opened. */
int izh_open(const char *path, int flags, mode_t mode);

/* Opens (IZH_ONLY_PATH) the folder that the last part of a path is in; *name is that part, within path. */
int izh_open_folder(const char *path, const char **name);

/* As strerror, with the reasons that a sandbox has. */
const char *izh_file_error(int code);

/* --- limits; false or NULL: it would be too much --- */

bool izh_sandbox_take_memory(size_t bytes);
void izh_sandbox_free_memory(size_t bytes);
/* Bytes that can still be taken; ULLONG_MAX when there is no limit. */
unsigned long long izh_sandbox_memory_left(void);
/* One of n processes that share what is left; called in each of them. */
void izh_sandbox_share_memory(int n);

enum { IZH_SANDBOX_FILE = 4096 }; /* bytes that a new file counts for, since an empty one takes room, too */

/* Before so much is written; errno EDQUOT when it is too much. */
bool izh_sandbox_take_disk(size_t bytes);

/* Before a fork, errno EAGAIN when it is too much; and when the process has ended, or was never made. */
bool izh_sandbox_take_process(void);
void izh_sandbox_free_process(void);

#endif
