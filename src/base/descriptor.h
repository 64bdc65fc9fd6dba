/* Descriptors of open files and pipes. */
#ifndef IZH_BASE_DESCRIPTOR_H
#define IZH_BASE_DESCRIPTOR_H

#include <stdbool.h>
#include <stddef.h>

/* Takes the numbers of those standard streams that are closed. A program calls this first: otherwise the next
 * file that it opens would get such a number, and what is printed would be written into it. Reading from and
 * writing to these streams still fails. */
void izh_descriptor_take_standard(void);

/* Gives an open file a number that is not that of a standard stream, for programs that did not call the
 * function above. Returns -1, with errno, when file is -1 or there is no free number; then the file is
 * closed. */
int izh_descriptor_move_up(int file);

/* Writes or reads all bytes, also if signals come in between. False, with errno, if that is not possible;
 * errno is 0 if the file ends before. */
bool izh_descriptor_write(int file, const void *data, size_t size);
bool izh_descriptor_read(int file, void *data, size_t size);

#endif
