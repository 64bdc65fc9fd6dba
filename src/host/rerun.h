/* izhlua figure.pdf: runs the script that made a figure again, in a process and a folder of its own. */
#ifndef IZH_HOST_RERUN_H
#define IZH_HOST_RERUN_H

#include <stdbool.h>

#include "host/options.h"

/* Returns true in a child process, whose *options are those of the figure: it is to run them as a program
 * does. Returns false in this process when all is over, with the exit status; has said all. */
bool host_rerun(host_options *options, int *status);

#endif
