/* A target without libFuzzer, for any compiler: the seeds as they are, then copies of them that are damaged.
 * The same arguments do the same. fuzz_NAME [-runs=N] [-seed=N] [-max_len=N] [-close_fd_mask=2] [file or
 * folder …] Without seeds, inputs are max_len random bytes. The last input is kept in the file NAME.last. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

typedef struct input {
  size_t size;
  uint8_t *bytes;
} input;

static input *seeds;
static size_t n_seeds, longest = 4096;
static unsigned long runs;
static uint64_t state = 20261126;
static char last[4096]; /* the path of the file with the last input */

static size_t below(size_t n) {
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return (size_t)((state * UINT64_C(2685821657736338717)) >> 32) % n;
}

static void add_file(const char *path) {
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = malloc(longest);
  seeds = realloc(seeds, (n_seeds + 1) * sizeof *seeds);
  if (!file || !bytes || !seeds) exit(EXIT_FAILURE);
  seeds[n_seeds++] = (input){fread(bytes, 1, longest, file), bytes};
  fclose(file);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
  return strcmp((*a)->d_name, (*b)->d_name);
}

/* A file, or the files of a folder in order of name. */
static void add(const char *path) {
  struct dirent **names;
  int n = scandir(path, &names, NULL, by_name);
  if (n < 0) add_file(path);
  for (int i = 0; i < n; i++) {
    char name[4096];
    snprintf(name, sizeof name, "%s/%s", path, names[i]->d_name);
    if (names[i]->d_name[0] != '.') add_file(name);
    free(names[i]);
  }
  if (n >= 0) free(names);
}

static void try(const uint8_t *bytes, size_t size) {
  uint8_t *exact = malloc(size ? size : 1); /* so that a sanitizer sees a byte too far */
  FILE *file = fopen(last, "wb");
  if (!exact || !file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0) exit(EXIT_FAILURE);
  memcpy(exact, bytes, size);
  LLVMFuzzerTestOneInput(exact, size);
  free(exact);
}

/* Changes a byte, repeats a piece, takes one from another seed, takes one out, cuts off the end. */
static size_t damage(uint8_t *bytes, size_t size) {
  static const char useful[] = "0123456789,;\t\n .eE-+#%(){}[]'\"<>/&";
  const input *other = &seeds[below(n_seeds)];
  size_t at = below(size), length = 1 + below(size - at), from;
  switch (below(8)) {
  case 0:
    return at;
  case 1:
    bytes[at] = (uint8_t)below(256);
    break;
  case 2:
    bytes[at] ^= (uint8_t)(1u << below(8));
    break;
  case 3:
    bytes[at] = (uint8_t)useful[below(sizeof useful - 1)];
    break;
  case 4:
    from = below(size);
    memmove(bytes + at, bytes + from, length < size - from ? length : size - from);
    break;
  case 5:
    memmove(bytes + at, bytes + at + length, size - at - length);
    return size - length;
  case 6:
    if (other->size == 0) break;
    from = below(other->size);
    length = 1 + below(other->size - from);
    memcpy(bytes + at, other->bytes + from, length < size - at ? length : size - at);
    break;
  default:
    memset(bytes + at, below(2) ? 0xff : 0, length < 8 ? length : 8);
  }
  return size;
}

static void try_one(uint8_t *bytes) {
  size_t size = longest;
  if (n_seeds == 0) {
    for (size_t k = 0; k < size; k++) bytes[k] = (uint8_t)below(256);
  } else {
    const input *seed = &seeds[below(n_seeds)];
    size = seed->size;
    memcpy(bytes, seed->bytes, size);
    for (size_t changes = 1 + below(5); changes > 0 && size > 0; changes--) size = damage(bytes, size);
  }
  try(bytes, size);
}

static void take_options(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    unsigned long long number = 0;
    if (sscanf(argv[i], "-runs=%llu", &number) == 1) runs = number;
    if (sscanf(argv[i], "-seed=%llu", &number) == 1) state = number * 2 + 1;
    if (sscanf(argv[i], "-max_len=%llu", &number) == 1) longest = number;
    if (strcmp(argv[i], "-close_fd_mask=2") == 0 && !freopen("/dev/null", "w", stderr)) exit(EXIT_FAILURE);
  }
}

int main(int argc, char **argv) {
  const char *name = strrchr(argv[0], '/');
  if (!getcwd(last, sizeof last / 2)) return EXIT_FAILURE;
  snprintf(last + strlen(last), sizeof last / 2, "/%s.last", name ? name + 1 : argv[0]);
  take_options(argc, argv);
  for (int i = 1; i < argc; i++)
    if (argv[i][0] != '-') add(argv[i]);
  for (size_t i = 0; i < n_seeds; i++) try(seeds[i].bytes, seeds[i].size);
  uint8_t *bytes = malloc(longest);
  for (unsigned long i = 0; i < runs && bytes; i++) {
    try_one(bytes);
    if ((i + 1) % 100 == 0) fprintf(stderr, "%lu runs\n", i + 1);
  }
  free(bytes);
  for (size_t i = 0; i < n_seeds; i++) free(seeds[i].bytes);
  free(seeds);
  printf("%lu seeds, %lu runs\n", (unsigned long)n_seeds, runs);
  return EXIT_SUCCESS;
}
