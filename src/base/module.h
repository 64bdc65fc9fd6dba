/* Modules: parts of the program that are loaded when they are first needed. The libraries that they use take
 * longer to load than most scripts take to run. */
#ifndef IZH_BASE_MODULE_H
#define IZH_BASE_MODULE_H

#include "base/status.h"

/* Loads the module (a shared object) at a path and finds the symbol `name` in it. The module stays loaded
 * until the program ends. It has its own copy of the parts of base that it needs, so any program can load it;
 * each copy counts its own allocations (alloc.h). IZH_IO when the module, or something that it needs, is
 * missing; the message calls it `what`. */
izh_status izh_module_load(const char *path, const char *name, const char *what, const void **found,
                           izh_err *err);

#endif
