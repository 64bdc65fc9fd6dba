/* Descriptors of open files and pipes. */
#ifndef IZH_BASE_DESCRIPTOR_H
#define IZH_BASE_DESCRIPTOR_H

/* Takes the numbers of the standard streams that are closed, first thing in a program: else the next file
 * that is opened has such a number, and what is printed lands in it. Reading and writing these fails as
 * before. */
void izh_descriptor_take_standard(void);

/* The same file under a number that is not one of a standard stream, for programs that are not ours. -1, with
 * errno, when file is -1 or there is no number; the file is closed then. */
int izh_descriptor_move_up(int file);

#endif
