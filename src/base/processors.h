/* How many processors there are for this program. */
#ifndef IZH_BASE_PROCESSORS_H
#define IZH_BASE_PROCESSORS_H

/* The processors that the process may run on (taskset, a container's cpuset), at least 1. */
int izh_processors(void);

#endif
