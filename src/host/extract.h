/* --extract: writes the files that a figure carries. */
#ifndef IZH_HOST_EXTRACT_H
#define IZH_HOST_EXTRACT_H

#include "host/origin.h"

/* Makes the folders that the files of a figure need, and those that its script writes to, in the current one.
 */
izh_status host_extract_folders(const host_origin *origin, izh_err *err);

/* Writes a file of a figure below the current folder. */
izh_status host_extract_file(const izh_carried_file *file, izh_err *err);

/* Writes all files below the current folder, and nowhere else, whatever links there are. Files that are there
 * already are replaced only if somebody at the terminal says so. Returns an exit status; has said what it
 * did. This process is in a sandbox after it. */
int host_extract(const char *figure, const host_origin *origin);

#endif
