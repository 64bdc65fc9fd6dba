#include "host/verdict.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "formats/input.h"

enum { FOLDERS_OPEN = 16 };

/* What is looked for; nftw gives its function nothing. */
static struct search {
  const char *figure, *bytes;
  size_t size;
  int n;               /* figures of its kind that were found */
  char same[PATH_MAX]; /* "" or the path of the same one, and of the one that is in its place */
  char other[PATH_MAX];
} search;

static const char *name_of(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static const char *ending_of(const char *path) {
  const char *dot = strrchr(name_of(path), '.');
  return dot ? dot : "";
}

/* Reads a file; NULL when that cannot be done. */
static char *read_file(const char *path, size_t *size) {
  izh_input *input;
  unsigned long long expected;
  if (izh_input_open(path, &input, NULL)) return NULL;
  char *bytes = izh_input_size(input, &expected, NULL) ? NULL : izh_alloc((size_t)expected + 1, 1);
  if (bytes && izh_input_read(input, bytes, (size_t)expected, size, NULL)) {
    izh_free(bytes);
    bytes = NULL;
  }
  izh_input_close(input);
  return bytes;
}

static int look(const char *path, const struct stat *info, int kind, struct FTW *at) {
  (void)at;
  if (kind != FTW_F || !S_ISREG(info->st_mode) || strcasecmp(ending_of(path), ending_of(search.figure)) != 0)
    return 0;
  if ((size_t)info->st_size == search.size) {
    size_t size = 0;
    char *bytes = read_file(path, &size);
    bool same = bytes && size == search.size && memcmp(bytes, search.bytes, size) == 0;
    izh_free(bytes);
    if (same) snprintf(search.same, sizeof search.same, "%s", path);
    if (same) return 1;
  }
  if (search.n++ == 0 || strcmp(name_of(path), name_of(search.figure)) == 0)
    snprintf(search.other, sizeof search.other, "%s", path);
  return 0;
}

/* --- what differs --- */

/* Says which lines of one text are not in another. */
static void say_lines(const char *text, const char *other, const char *where) {
  while (*text) {
    int length = (int)strcspn(text, "\n");
    bool found = false;
    for (const char *line = other; *line && !found; line += strcspn(line, "\n"), line += *line == '\n')
      found = strncmp(line, text, (size_t)length) == 0 && (line[length] == '\n' || !line[length]);
    if (!found && length) fprintf(stderr, "  %s: %.*s\n", where, length, text);
    text += length;
    text += *text == '\n';
  }
}

/* What draws a PDF, as cairo says: /Producer (cairo 1.16.0 …; "" when it does not. */
static void producer_of(const char *bytes, size_t size, char producer[40]) {
  static const char key[] = "/Producer (";
  const char *found = memmem(bytes, size, key, strlen(key)), *end = bytes + size;
  producer[0] = '\0';
  if (!found) return;
  found += strlen(key);
  for (size_t n = 0; n < 39 && found < end && *found != ')' && *found != '(' && *found >= ' '; n++, found++) {
    producer[n] = *found;
    producer[n + 1] = '\0';
  }
}

static void say_what_differs(const char *bytes, size_t size) {
  static const char TEXT[] = "izhlua-figure.txt";
  izh_carried old, new;
  char there[40], here[40];
  size_t first = 0;
  while (first < size && first < search.size && bytes[first] == search.bytes[first]) first++;
  fprintf(stderr, "izhlua: %s: NOT the same: they differ from byte %zu on (%zu bytes, now %zu)\n",
          search.figure, first + 1, search.size, size);
  bool read = !izh_carried_read(search.bytes, search.size, &old, NULL);
  read &= !izh_carried_read(bytes, size, &new, NULL);
  const izh_carried_file *a = read ? izh_carried_find(&old, TEXT) : NULL,
                         *b = read ? izh_carried_find(&new, TEXT) : NULL;
  bool same = a && b && a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
  producer_of(search.bytes, search.size, there);
  producer_of(bytes, size, here);
  if (a && b && !same) {
    say_lines(a->bytes, b->bytes, "there");
    say_lines(b->bytes, a->bytes, "here ");
  }
  if (strcmp(there, here) != 0) fprintf(stderr, "  there: %s\n  here : %s\n", there, here);
  if (same && strcmp(there, here) == 0)
    fputs("  The script, its files and the versions are the same: so the figure was changed, or fonts or the "
          "libraries\n"
          "  that draw differ, or the script depends on something else.\n",
          stderr);
  izh_carried_free(&old);
  izh_carried_free(&new);
}

/* Keeps the new figure beside the old one, as name.again.pdf. */
static void keep(const char *bytes, size_t size) {
  char path[PATH_MAX];
  const char *ending = ending_of(search.figure);
  int stem = (int)(strlen(search.figure) - strlen(ending));
  if (snprintf(path, sizeof path, "%.*s.again%s", stem, search.figure, ending) >= (int)sizeof path) return;
  int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  int code = file < 0 ? errno : 0;
  while (!code && size > 0) {
    ssize_t done = write(file, bytes, size);
    if (done < 0) code = errno;
    if (code) break;
    bytes += done;
    size -= (size_t)done;
  }
  if (file >= 0) close(file);
  if (code && file >= 0) unlink(path);
  if (code == EEXIST)
    fprintf(stderr, "izhlua: the new one is not kept, as %s is there already\n", path);
  else if (code)
    fprintf(stderr, "izhlua: the new one is not kept: %s: %s\n", path, strerror(code));
  else
    fprintf(stderr, "izhlua: the new one is %s\n", path);
}

bool host_verdict(const char *figure, const char *bytes, size_t size, const host_origin *origin,
                  const char *folder) {
  search = (struct search){.figure = figure, .bytes = bytes, .size = size};
  nftw(folder, look, FOLDERS_OPEN, FTW_PHYS);
  if (*search.same) {
    printf("%s: the same to the byte\n", figure);
    return true;
  }
  size_t other_size = 0;
  char *other = *search.other ? read_file(search.other, &other_size) : NULL;
  if (!other) {
    fprintf(stderr, "izhlua: %s: the script made no figure %s%s\n", figure, ending_of(figure),
            origin->outside ? " below its folder (it was saved somewhere else)" : "");
    return false;
  }
  say_what_differs(other, other_size);
  keep(other, other_size);
  izh_free(other);
  return false;
}
