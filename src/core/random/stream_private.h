/* The inside of random streams, for the files of core only. */
#ifndef IZH_CORE_STREAM_PRIVATE_H
#define IZH_CORE_STREAM_PRIVATE_H

#include "core/net/archive.h"
#include "core/random/stream.h"

typedef struct izh_stream_name {
  uint32_t hash; /* the stream */
  char *name;    /* "KIND\nNAME\nUSE" */
} izh_stream_name;

double izh_streams_bytes(const izh_net *net); /* memory of the names */
void izh_streams_archive(izh_archive *a, izh_net *net);

#endif
