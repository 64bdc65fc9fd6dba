#include "host/origin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static const char TEXT[] = "izhlua-figure.txt";

static izh_status damaged(izh_err *err) {
  return izh_fail(err, IZH_FORMAT, "what it carries is damaged");
}

/* Does a path lead nowhere but down from where one is, and is it fit to be shown. */
static bool is_below(const char *path) {
  enum { LONGEST = 1000 };
  size_t length = strlen(path);
  if (length == 0 || length > LONGEST || path[0] == '-') return false;
  for (const char *c = path; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7f) return false;
  for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL) {
    size_t n = strcspn(part, "/");
    if (n == 0 || (n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.')) return false;
  }
  return true;
}

/* Replaces %0A and its like by the byte; false when it is not such a text. */
static bool unescape(char *text) {
  char *to = text;
  for (; *text; text++) {
    char code[3] = "", *end = code;
    if (*text != '%') {
      *to++ = *text;
      continue;
    }
    if (text[1] && text[2]) memcpy(code, text + 1, 2);
    *to = (char)strtoul(code, &end, 16);
    if (end != code + 2 || !*to++) return false;
    text += 2;
  }
  *to = '\0';
  return true;
}

/* --- the lines --- */

static izh_status add_word(host_origin *origin, char *word, izh_err *err) {
  char **words = izh_grow(origin->words, &origin->words_capacity, origin->n_words + 2, sizeof *words);
  if (!words) return izh_fail_memory(err, (origin->n_words + 2) * sizeof *words);
  origin->words = words;
  words[origin->n_words++] = word;
  words[origin->n_words] = NULL;
  return IZH_OK;
}

static izh_status read_word(host_origin *origin, char *rest, izh_err *err) {
  return unescape(rest) ? add_word(origin, rest, err) : damaged(err);
}

static izh_status read_script(host_origin *origin, char *rest, izh_err *err) {
  if (origin->script || !unescape(rest) || !is_below(rest)) return damaged(err);
  origin->script = rest;
  return add_word(origin, rest, err);
}

static izh_status read_version(host_origin *origin, char *rest, izh_err *err) {
  if (origin->version || !unescape(rest) || !is_below(rest)) return damaged(err);
  origin->version = rest;
  return IZH_OK;
}

static izh_status read_author(host_origin *origin, char *rest, izh_err *err) {
  if (!unescape(rest)) return damaged(err);
  origin->author = rest;
  return IZH_OK;
}

static izh_status read_outside(host_origin *origin, char *rest, izh_err *err) {
  origin->outside = true;
  return *rest ? damaged(err) : IZH_OK;
}

static izh_status read_folder(host_origin *origin, char *rest, izh_err *err) {
  if (!unescape(rest) || !is_below(rest)) return damaged(err);
  const char **folders =
      izh_grow(origin->folders, &origin->folders_capacity, origin->n_folders + 1, sizeof *folders);
  if (!folders) return izh_fail_memory(err, (origin->n_folders + 1) * sizeof *folders);
  origin->folders = folders;
  folders[origin->n_folders++] = rest;
  return IZH_OK;
}

/* attached 64 digits or - 852 raise_inhibition.lua */
static izh_status read_file(host_origin *origin, char *rest, izh_err *err) {
  static const char *const forms[] = {[HOST_ATTACHED] = "attached",
                                      [HOST_LARGE] = "large",
                                      [HOST_CHANGED] = "changed",
                                      [HOST_OUTSIDE] = "outside"};
  host_origin_file file = {0};
  char form[16];
  int at = 0;
  if (sscanf(rest, "%15s %64s %15llu %n", form, file.sha256, &file.size, &at) != 3 || at == 0 ||
      !unescape(rest + at) || !is_below(rest + at))
    return damaged(err);
  size_t k = 0, n = sizeof forms / sizeof *forms;
  while (k < n && strcmp(form, forms[k]) != 0) k++;
  if (k == n) return damaged(err);
  file.form = (host_form)k;
  file.name = rest + at;
  host_origin_file *files =
      izh_grow(origin->files, &origin->files_capacity, origin->n_files + 1, sizeof *files);
  if (!files) return izh_fail_memory(err, (origin->n_files + 1) * sizeof *files);
  origin->files = files;
  files[origin->n_files++] = file;
  return IZH_OK;
}

static izh_status read_line(host_origin *origin, char *line, izh_err *err) {
  static const struct {
    const char *key;
    izh_status (*read)(host_origin *origin, char *rest, izh_err *err);
  } keys[] = {{"izhlua", read_version}, {"outside", read_outside}, {"folder", read_folder},
              {"author", read_author},  {"word", read_word},       {"script", read_script},
              {"file", read_file}};
  char *rest = line + strcspn(line, " ");
  if (*rest) *rest++ = '\0';
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (strcmp(line, keys[i].key) == 0) return keys[i].read(origin, rest, err);
  return izh_fail(err, IZH_FORMAT, "what it carries says something that this version does not know: %.40s",
                  line);
}

static izh_status read_lines(host_origin *origin, izh_err *err) {
  static char program[] = "izhlua";
  char *next = origin->text, *line;
  izh_status status = add_word(origin, program, err);
  while (!status && (line = strsep(&next, "\n")))
    if (*line) status = read_line(origin, line, err);
  if (status) return status;
  return origin->version && origin->script ? IZH_OK : damaged(err);
}

/* --- the files --- */

/* Is what is carried what was used. */
static izh_status check_file(const host_origin *origin, const host_origin_file *file, izh_err *err) {
  if (file->form != HOST_ATTACHED) return IZH_OK;
  const izh_carried_file *carried = izh_carried_find(&origin->carried, file->name);
  if (!carried) return izh_fail(err, IZH_FORMAT, "%s, which it should carry, is missing", file->name);
  char sum[IZH_SHA256_SIZE];
  izh_sha256_of(carried->bytes, carried->size, sum);
  if (strcmp(sum, file->sha256) == 0) return IZH_OK;
  return izh_fail(err, IZH_FORMAT,
                  "the %s that it carries is not the one that made it: its SHA-256 is %s, not %s", file->name,
                  sum, file->sha256);
}

static izh_status check_files(const host_origin *origin, izh_err *err) {
  const host_origin_file *script = NULL;
  for (size_t i = 0; i < origin->n_files; i++) {
    const host_origin_file *file = &origin->files[i];
    izh_status status = check_file(origin, file, err);
    if (status) return status;
    if (strcmp(file->name, origin->script) == 0) script = file;
  }
  if (!script) return damaged(err);
  if (script->form == HOST_ATTACHED) return IZH_OK;
  return izh_fail(err, IZH_FORMAT, "the script %s (%llu bytes) was too large to be carried", script->name,
                  script->size);
}

izh_status host_origin_read(const char *bytes, size_t size, host_origin *origin, izh_err *err) {
  *origin = (host_origin){0};
  izh_status status = izh_carried_read(bytes, size, &origin->carried, err);
  if (status) return status;
  const izh_carried_file *text = izh_carried_find(&origin->carried, TEXT);
  if (!text && origin->carried.n > 0) return damaged(err);
  if (!text)
    return izh_fail(
        err, IZH_FORMAT,
        "it carries no script: it is not from izhlua, was saved with attach = false, by the prompt or "
        "the standard input, or has been changed by another program since");
  origin->text = izh_strdup(text->bytes);
  if (!origin->text) return izh_fail_memory(err, text->size);
  status = read_lines(origin, err);
  return status ? status : check_files(origin, err);
}

void host_origin_free(host_origin *origin) {
  izh_carried_free(&origin->carried);
  izh_free(origin->text);
  izh_free(origin->folders);
  izh_free(origin->words);
  izh_free(origin->files);
  *origin = (host_origin){0};
}

void host_origin_print_command(const host_origin *origin, int to) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-=+.,:/@%";
  for (size_t i = 0; i < origin->n_words; i++) {
    const char *word = origin->words[i];
    bool quoted = !*word || word[strspn(word, plain)];
    dprintf(to, "%s%s", i ? " " : "", quoted ? "'" : "");
    for (; *word; word++) {
      if (*word == '\'')
        dprintf(to, "'\\''");
      else
        dprintf(to, "%c", (unsigned char)*word < ' ' || *word == 0x7f ? '?' : *word);
    }
    if (quoted) dprintf(to, "'");
  }
}
