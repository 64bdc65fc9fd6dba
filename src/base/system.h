/* What Linux has beyond POSIX. Each such thing is asked for in one file, which has another way, or none, for
 * the rest of systems; IZHLUA_PORTABLE (an option of CMake) takes those everywhere. */
#ifndef IZH_BASE_SYSTEM_H
#define IZH_BASE_SYSTEM_H

#include <fcntl.h>

#if defined(__linux__) && !defined(IZHLUA_PORTABLE)
#define IZH_LINUX 1
#endif

/* Flag of open: a file without a name in a folder. Elsewhere it fails, as it does on file systems that have
 * no such files: a folder cannot be opened for writing. */
#ifdef IZH_LINUX
#define IZH_UNNAMED O_TMPFILE
#else
#define IZH_UNNAMED O_DIRECTORY
#endif

/* Flag of open: to look further from there, even where nothing may be read. */
#ifdef IZH_LINUX
#define IZH_ONLY_PATH O_PATH
#else
#define IZH_ONLY_PATH O_RDONLY
#endif

#endif
