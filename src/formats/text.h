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

/* Writes columns of one length, numbers or words, with a line of their names if they have some. IZH_ARGUMENT:
 * words that would not come back as they are. */
izh_status izh_text_write(const char *path, char separator, const izh_array *columns, size_t n, izh_err *err);

/* The columns of a file, whatever separates them: semicolons, commas, tabs or blanks (where tabs and blanks
 * may both be meant, `separator` says), and whatever ends its lines: LF, CR or both. Their names are those of
 * the first line when that is not numbers, of a comment `# columns = ["i", "j"]`, or of a comment with as
 * many names as there are columns. What follows a #, and lines that are empty or begin with %, are passed
 * over. In files with semicolons or tabs numbers may have a decimal comma.
 *
 * A column is numbers or words as its first item is; a column of numbers with a word in it, or a gap, cannot
 * be read (see izh_array). Words are kept if `words` says so; else those of a column that says which
 * population or trial a line is of. IZH_FORMAT names the line; IZH_IO, IZH_MEMORY. */
izh_status izh_text_load(const char *path, char separator, bool words, izh_table *table, izh_err *err);

#endif
