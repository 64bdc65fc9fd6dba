/* Numbers as text: .csv (commas), .tsv (tabs), .txt (spaces). Always with a decimal point, whatever the
 * locale, and with as many digits as bring back every bit. */
#ifndef IZH_FORMATS_TEXT_H
#define IZH_FORMATS_TEXT_H

#include <stdbool.h>

#include "formats/array.h"

typedef struct izh_text izh_text; /* a file that is being written */

/* Begins a file, whole or not at all, with a line of names unless names is NULL. */
izh_status izh_text_begin(const char *path, char separator, const char *const *names, size_t columns,
                          izh_text **text, izh_err *err);
/* Adds n lines: the k-th number of each column. A failure is kept and reported by commit too. */
izh_status izh_text_add(izh_text *text, const double *const *columns, size_t n, izh_err *err);
izh_status izh_text_commit(izh_text *text, izh_err *err); /* frees text in every case */
void izh_text_abandon(izh_text *text);                    /* NULL is allowed */

/* Writes one-dimensional sources of one length, with a line of their names or without. Those that are only
 * filled are not for this. */
izh_status izh_text_save(const char *path, char separator, bool named, const izh_source *sources, size_t n,
                         izh_err *err);

/* The columns of a file, named by its first line when that is not numbers. Empty lines, and what follows a #,
 * are passed over. separator ' ' stands for any spaces or tabs. IZH_FORMAT names the line; IZH_IO,
 * IZH_MEMORY. */
izh_status izh_text_load(const char *path, char separator, izh_table *table, izh_err *err);

/* The shortest text that comes back as the same number is not promised, but 0.1 is "0.1". Returns its length.
 */
enum { IZH_NUMBER_TEXT = 32 };
int izh_number_write(char text[IZH_NUMBER_TEXT], double number);
/* A number that is all of text[length]; false when it is none. "nan" and "inf" are numbers. */
bool izh_number_read(const char *text, size_t length, double *number);

#endif
