/* Parts of the program that are loaded when they are first needed, since the libraries that they use take
 * longer to load than most scripts to run. */
#ifndef IZH_BASE_MODULE_H
#define IZH_BASE_MODULE_H

#include "base/status.h"

/* What a module, a shared object at a path, has under a name. It stays loaded until the program ends. It has
 * its own copy of what it needs of base, so that it does not matter what program loads it; the copies count
 * for themselves (alloc.h). IZH_IO: `what`, as the message calls it, is not there, or something that it
 * needs.
 */
izh_status izh_module_load(const char *path, const char *name, const char *what, const void **found,
                           izh_err *err);

#endif
