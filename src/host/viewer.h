/* --open: figures in the system's viewer. */
#ifndef IZH_HOST_VIEWER_H
#define IZH_HOST_VIEWER_H

/* Remembers a figure that was saved, or the address of a page. A second one with the same path is not added.
 */
void host_viewer_add(const char *path);

/* Opens what was added since the last call: at most ten, the last ones, in the order in which they were first
 * saved. Does not wait for viewers; says on stderr what cannot be opened. */
void host_viewer_open(void);

#endif
