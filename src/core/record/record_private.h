/* The inside of recordings, and of the spikes that are kept, for the files of core only. */
#ifndef IZH_CORE_RECORD_PRIVATE_H
#define IZH_CORE_RECORD_PRIVATE_H

#include "core/net/archive.h"
#include "core/record/recording.h"

typedef struct izh_recording izh_recording; /* see recording.c */
typedef struct izh_kept izh_kept;           /* see kept.c */

/* recording.c */
izh_status izh_recordings_sample(izh_net *net, izh_err *err); /* at the end of a step */
void izh_recordings_free(izh_net *net);
double izh_recordings_bytes(const izh_net *net); /* in memory */

/* kept.c */
void izh_kept_drop(izh_net *net); /* frees room in the list of spikes */
void izh_kept_free(izh_net *net);
double izh_kept_bytes(const izh_net *net);

void izh_kept_archive(izh_archive *a, izh_net *net);
void izh_recordings_archive(izh_archive *a, izh_net *net);

#endif
