/* Processes that are of no use without the one that they were forked from. */
#ifndef IZH_BASE_PARENT_H
#define IZH_BASE_PARENT_H

/* From now on this process gets the signal when its parent ends. Where the system cannot do that, nothing
 * happens: the process goes on until its work is done. The parent may have ended before: getppid tells. */
void izh_end_with_parent(int signal);

#endif
