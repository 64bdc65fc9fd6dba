/* News of files in folders. */
#ifndef IZH_HOST_NOTICE_H
#define IZH_HOST_NOTICE_H

/* A descriptor that can be read when something has happened in a folder that was added; -1 when the system
 * has no such thing, so that one has to look now and then. */
int host_notice_open(void);
/* Adds a folder, in which files are written, made or moved to. */
void host_notice_add(int notice, const char *folder);

#endif
