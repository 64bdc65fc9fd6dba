/* Numbers as text: with a decimal point, whatever the locale, and with as many digits as bring back every
 * bit. */
#ifndef IZH_FORMATS_NUMBER_H
#define IZH_FORMATS_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* The shortest text that comes back as the same number is not promised, but 0.1 is "0.1". Returns its length.
 */
enum { IZH_NUMBER_TEXT = 32 };
int izh_number_write(char text[IZH_NUMBER_TEXT], double number);
/* A number that is all of text[length]; false when it is none. "nan" and "inf" are numbers. */
bool izh_number_read(const char *text, size_t length, double *number);
/* Does a text stand for a number that is not there: NULL, NA, N/A, None. */
bool izh_number_missing(const char *text, size_t length);

#endif
