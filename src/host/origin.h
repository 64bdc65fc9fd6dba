/* How a figure was made, as it says itself: the text that it carries (lua/izhlua/figure/origin.lua) and the
 * files that this names. A figure may be a stranger's, so nothing of it is believed. */
#ifndef IZH_HOST_ORIGIN_H
#define IZH_HOST_ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sha256.h"
#include "formats/carried.h"

/* Why a figure does not carry a file, or that it does. */
typedef enum host_form { HOST_ATTACHED, HOST_LARGE, HOST_CHANGED, HOST_OUTSIDE } host_form;

/* A file that the script used. The name is relative, and leads nowhere but down. */
typedef struct host_origin_file {
  const char *name;
  host_form form;
  unsigned long long size;
  char sha256[IZH_SHA256_SIZE]; /* "-": not known */
} host_origin_file;

typedef struct host_origin {
  izh_carried carried;
  char *text;           /* the lines, cut into the strings below */
  const char *version;  /* of izhlua */
  const char *author;   /* IZHLUA_AUTHOR; NULL: not needed */
  bool outside;         /* the figure was saved in a folder that cannot be told */
  const char **folders; /* [n_folders] that are to be there */
  size_t n_folders, folders_capacity;
  char **words; /* [n_words] of the command line, with the name of the program, and NULL */
  size_t n_words, words_capacity;
  const char *script; /* its name, one of the words and of the files */
  host_origin_file *files;
  size_t n_files, files_capacity;
} host_origin;

/* Reads the bytes of a figure. IZH_FORMAT, with the reason: it carries nothing, is damaged, or what it
 * carries is not what made it. IZH_MEMORY. *origin is to be freed whatever is returned. */
izh_status host_origin_read(const char *bytes, size_t size, host_origin *origin, izh_err *err);
void host_origin_free(host_origin *origin);

/* Writes the command line to the standard output or error, as a shell takes it. */
void host_origin_print_command(const host_origin *origin, int to);

#endif
