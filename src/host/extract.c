#include "host/extract.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/output.h"
#include "base/sandbox.h"
#include "formats/input.h"
#include "host/script.h"

static izh_status make_folder(const char *path, izh_err *err) {
  const char *name;
  int parent = izh_open_folder(path, &name);
  int code = parent < 0 || (mkdirat(parent, name, 0777) != 0 && errno != EEXIST) ? errno : 0;
  if (parent >= 0) close(parent);
  return code ? izh_fail(err, IZH_IO, "cannot make the folder %s: %s", path, izh_file_error(code)) : IZH_OK;
}

/* Makes the folders that a path goes through, up to its length. */
static izh_status make_folders(const char *path, size_t length, izh_err *err) {
  char part[PATH_MAX];
  izh_status status = IZH_OK;
  for (size_t n = 1; n <= length && n < sizeof part && !status; n++) {
    if (n < length && path[n] != '/') continue;
    memcpy(part, path, n);
    part[n] = '\0';
    status = make_folder(part, err);
  }
  return status;
}

izh_status host_extract_folders(const host_origin *origin, izh_err *err) {
  izh_status status = IZH_OK;
  for (size_t i = 0; i < origin->n_folders && !status; i++)
    status = make_folders(origin->folders[i], strlen(origin->folders[i]), err);
  for (size_t i = 0; i < origin->n_files && !status; i++) {
    const char *name = origin->files[i].name, *slash = strrchr(name, '/');
    if (slash && origin->files[i].form != HOST_OUTSIDE)
      status = make_folders(name, (size_t)(slash - name), err);
  }
  return status;
}

izh_status host_extract_file(const izh_carried_file *file, izh_err *err) {
  izh_output *out;
  izh_status status = izh_output_begin(file->name, &out, err);
  if (status) return status;
  izh_output_write(out, file->bytes, file->size, NULL);
  return izh_output_commit(out, err);
}

/* Are the bytes of a file that is there those of one that would be written. */
static bool is_same(const izh_carried_file *file) {
  izh_input *input;
  unsigned long long size;
  size_t got = 0;
  if (izh_input_open(file->name, &input, NULL)) return false;
  char *bytes = izh_alloc(file->size + 1, 1);
  bool same = bytes && !izh_input_size(input, &size, NULL) && size == file->size &&
              !izh_input_read(input, bytes, file->size + 1, &got, NULL) && got == file->size &&
              memcmp(bytes, file->bytes, got) == 0;
  izh_free(bytes);
  izh_input_close(input);
  return same;
}

/* May a file be written; true also when it need not, as *same then says. */
static bool is_free(const izh_carried_file *file, bool *same) {
  *same = false;
  if (!izh_input_exists(file->name)) return true;
  *same = is_same(file);
  if (*same) return true;
  if (!isatty(STDIN_FILENO) || !isatty(STDERR_FILENO)) {
    fprintf(stderr, "izhlua: %s is there already, and another one; nothing was written over it\n",
            file->name);
    return false;
  }
  char answer[16] = "";
  fprintf(stderr, "%s is there already, and another one. Replace it? [y/N] ", file->name);
  fflush(stderr);
  return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* Returns how many could not be written, or -1 after an error. */
static int extract_all(const host_origin *origin, izh_err *err) {
  int kept = 0;
  for (size_t i = 0; i < origin->n_files; i++) {
    if (origin->files[i].form != HOST_ATTACHED) continue;
    const izh_carried_file *file = izh_carried_find(&origin->carried, origin->files[i].name);
    bool same;
    if (!is_free(file, &same)) {
      kept++;
      continue;
    }
    if (!same && host_extract_file(file, err)) return -1;
    printf("%s%s\n", file->name, same ? " (is there already)" : "");
  }
  return kept;
}

int host_extract(const char *figure, const host_origin *origin) {
  enum { PROCESSES = 1 };
  izh_err err;
  int kept = -1;
  if (!izh_sandbox_begin(".", ULLONG_MAX, ULLONG_MAX, PROCESSES, &err) && !host_extract_folders(origin, &err))
    kept = extract_all(origin, &err);
  if (kept < 0) fprintf(stderr, "izhlua: %s: %s\n", figure, err.message);
  if (kept != 0) return HOST_EXIT_FAILURE;
  fflush(stdout);
  fprintf(stderr, "izhlua: %s was made by: ", figure);
  host_origin_print_command(origin, STDERR_FILENO);
  fputc('\n', stderr);
  return 0;
}
