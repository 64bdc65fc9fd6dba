/* What the targets share. Each is one file NAME_fuzz.c with LLVMFuzzerTestOneInput, as libFuzzer wants it
 * (preset fuzz); elsewhere alone.c calls it. */
#ifndef IZH_FUZZ_H
#define IZH_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "formats/array.h"
#include "formats/format.h"

/* Returns 0; what is wrong aborts. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The path of a file with these bytes, which is another one at the next call. It is in memory: file.c. With
 * memory.c it is read without the system; then the bytes must live as long. */
const char *fuzz_file(const uint8_t *data, size_t size);
/* Makes a folder the working directory, the same one for the whole process, and removes what is in it. */
void fuzz_empty_folder(void);
/* Reads the bytes in all ways in which a file of this format is read: as numbers, spikes, edges and a matrix.
 * What it gives is looked at. Aborts when something is not as formats/array.h says, or lost. */
void fuzz_read(const izh_format *format, const uint8_t *data, size_t size);

#endif
