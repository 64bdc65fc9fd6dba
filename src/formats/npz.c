#include "formats/npz.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/output.h"
#include "formats/columns.h"
#include "formats/format.h"
#include "formats/input.h"
#include "formats/matrix.h"
#include "formats/npy.h"

/* --- writing: minizip's files are ours, so that an archive appears whole or not at all --- */

typedef struct writer {
  const char *path;
  izh_output *out;
  ZPOS64_T at, end; /* where the next byte goes; how many there are */
  izh_err failure;  /* the first one of out */
  zipFile zip;
} writer;

static voidpf ZCALLBACK open_writer(voidpf opaque, const void *path, int mode) {
  (void)path;
  (void)mode;
  return opaque;
}

static uLong ZCALLBACK no_reading(voidpf opaque, voidpf stream, void *data, uLong size) {
  (void)opaque;
  (void)stream;
  (void)data;
  (void)size;
  return 0;
}

/* minizip puts sizes and checksum into the header of a member after its content. It is never told of a
 * failure, of which it would leak memory: the writer remembers it. */
static uLong ZCALLBACK write_writer(voidpf opaque, voidpf stream, const void *data, uLong size) {
  (void)opaque;
  writer *w = stream;
  if (!w->failure.status && w->at == w->end)
    izh_output_write(w->out, data, size, &w->failure);
  else if (!w->failure.status)
    izh_output_patch(w->out, w->at, data, size, &w->failure);
  w->at += size;
  if (w->at > w->end) w->end = w->at;
  return size;
}

static ZPOS64_T ZCALLBACK tell_writer(voidpf opaque, voidpf stream) {
  (void)opaque;
  return ((writer *)stream)->at;
}

static long ZCALLBACK seek_writer(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
  (void)opaque;
  writer *w = stream;
  ZPOS64_T base = origin == ZLIB_FILEFUNC_SEEK_CUR ? w->at : origin == ZLIB_FILEFUNC_SEEK_END ? w->end : 0;
  w->at = base + offset;
  return 0;
}

static int ZCALLBACK nothing_to_do(voidpf opaque, voidpf stream) {
  (void)opaque;
  (void)stream;
  return 0;
}

/* What went wrong in minizip: our file, or want of memory. */
static izh_status failed(const writer *w, izh_err *err) {
  if (w->failure.status) return izh_fail(err, w->failure.status, "%s", w->failure.message);
  return izh_fail(err, IZH_MEMORY, "cannot write \"%s\": out of memory", w->path);
}

enum { PIECE = 8192 };

static izh_status write_column(void *to, const izh_source *source, const double *values, izh_err *err) {
  unsigned char bytes[PIECE * 8];
  writer *w = to;
  for (size_t at = 0; at < source->rows; at += PIECE) {
    size_t n = source->rows - at < PIECE ? source->rows - at : PIECE;
    izh_npy_encode(source->element, values + at, n, bytes);
    if (zipWriteInFileInZip(w->zip, bytes, (unsigned)(n * 8)) != ZIP_OK || w->failure.status)
      return failed(w, err);
  }
  return IZH_OK;
}

static izh_status put_bytes(void *to, const void *bytes, size_t size, izh_err *err) {
  writer *w = to;
  bool written = zipWriteInFileInZip(w->zip, bytes, (unsigned)size) == ZIP_OK && !w->failure.status;
  return written ? IZH_OK : failed(w, err);
}

/* minizip does not look whether it is given memory: is there some. */
static bool has_memory(void) {
  void *some = izh_alloc(1 << 20, 1);
  izh_free(some);
  return some;
}

static izh_status write_member(writer *w, const izh_source *source, izh_err *err) {
  if (!has_memory()) return failed(w, err);
  static const zip_fileinfo info = {.dosDate =
                                        1 << 21 | 1 << 16}; /* 1980: the same bytes whenever it is written */
  char name[256], header[IZH_NPY_HEADER];
  snprintf(name, sizeof name, "%s.npy", source->name);
  size_t size = izh_npy_header(source, header);
  int large = (double)size + 8.0 * (double)source->rows * (double)source->columns > 4e9;
  if (zipOpenNewFileInZip64(w->zip, name, &info, NULL, 0, NULL, 0, NULL, 0, 0, large) != ZIP_OK)
    return failed(w, err);
  izh_status status = zipWriteInFileInZip(w->zip, header, (unsigned)size) == ZIP_OK ? IZH_OK : failed(w, err);
  if (!status)
    status = source->words ? izh_npy_words(source, put_bytes, w, err)
                           : izh_source_walk(source, write_column, w, err);
  int closed = zipCloseFileInZip(w->zip);
  return !status && closed != ZIP_OK ? failed(w, err) : status;
}

izh_status izh_npz_save(const char *path, const izh_source *sources, size_t n, izh_err *err) {
  writer w = {.path = path};
  izh_status status = izh_output_begin(path, &w.out, err);
  if (status) return status;
  zlib_filefunc64_def calls = {.zopen64_file = open_writer,
                               .zread_file = no_reading,
                               .zwrite_file = write_writer,
                               .ztell64_file = tell_writer,
                               .zseek64_file = seek_writer,
                               .zclose_file = nothing_to_do,
                               .zerror_file = nothing_to_do,
                               .opaque = &w};
  if (has_memory()) w.zip = zipOpen2_64(path, APPEND_STATUS_CREATE, NULL, &calls);
  if (!w.zip) status = failed(&w, err);
  for (size_t i = 0; i < n && !status; i++) status = write_member(&w, &sources[i], err);
  if (w.zip && zipClose(w.zip, NULL) != ZIP_OK && !status) status = failed(&w, err);
  if (!status && w.failure.status) status = failed(&w, err);
  if (!status) return izh_output_commit(w.out, err);
  izh_output_abandon(w.out);
  return status;
}

/* --- reading --- */

typedef struct member {
  unzFile zip;
  const izh_bytes *bytes;
} member;

static izh_status damaged(const izh_bytes *bytes, izh_err *err) {
  return izh_fail(err, IZH_FORMAT, "cannot read array \"%s\" in \"%s\": the file is damaged", bytes->member,
                  bytes->path);
}

static izh_status read_member(void *from, void *data, size_t size, izh_err *err) {
  member *m = from;
  for (size_t done = 0; done < size;) {
    unsigned some = size - done < 1 << 20 ? (unsigned)(size - done) : 1 << 20;
    int got = unzReadCurrentFile(m->zip, (char *)data + done, some);
    if (got <= 0) return damaged(m->bytes, err);
    done += (size_t)got;
  }
  return IZH_OK;
}

/* The array in the current file of the archive; what is wrong with it matters to those who ask for it. Its
 * name is without its ending. */
static izh_status load_array(unzFile zip, izh_bytes *bytes, bool encrypted, izh_table *table, izh_err *err) {
  member m = {.zip = zip, .bytes = bytes};
  bytes->from = &m;
  bytes->read = read_member;
  if (encrypted) {
    izh_fail(err, IZH_FORMAT, "cannot read array \"%s\" in \"%s\": it is encrypted", bytes->member,
             bytes->path);
    return izh_table_refuse(table, bytes->member, err);
  }
  size_t before = table->n;
  izh_status status = unzOpenCurrentFile(zip) == UNZ_OK ? IZH_OK : damaged(bytes, err);
  if (!status) {
    status = izh_npy_read(bytes, table, bytes->member, err);
    int closed = unzCloseCurrentFile(zip); /* knows whether the checksum is right */
    if (!status && closed != UNZ_OK) status = damaged(bytes, err);
  }
  if (!status) return IZH_OK;
  if (table->n > before) izh_table_drop(table);
  return izh_table_refuse(table, bytes->member, err);
}

/* Others than arrays are passed over. */
static izh_status load_member(unzFile zip, const char *path, const izh_mapping *mapping, izh_table *table,
                              izh_err *err) {
  char name[256] = "";
  unz_file_info64 info;
  if (unzGetCurrentFileInfo64(zip, &info, name, sizeof name - 1, NULL, 0, NULL, 0) != UNZ_OK)
    return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": the file is damaged", path);
  size_t length = strlen(name);
  if (length < 5 || strcmp(name + length - 4, ".npy") != 0) return IZH_OK;
  name[length - 4] = '\0';
  izh_bytes bytes = {.size = info.uncompressed_size,
                     .path = path,
                     .member = name,
                     .shape_only = mapping && !izh_columns_ask(mapping, name)};
  return load_array(zip, &bytes, info.flag & 1, table, err);
}

/* Members do not share bytes, of which `left` remain, nor become more than compression can make of them: what
 * is read is bounded by the size of the file. */
static izh_status check_member(unzFile zip, const char *path, unsigned long long *left, izh_err *err) {
  static const double compression = 1100, least = 1e4;
  unz_file_info64 info;
  if (unzGetCurrentFileInfo64(zip, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK ||
      info.compressed_size > *left ||
      (double)info.uncompressed_size > least + compression * (double)info.compressed_size)
    return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": the file is damaged", path);
  *left -= info.compressed_size;
  return IZH_OK;
}

static izh_status load(const char *path, const izh_mapping *mapping, izh_table *table, izh_err *err) {
  *table = (izh_table){0};
  izh_input *input;
  unsigned long long size = 0;
  izh_status status =
      izh_input_open(path, &input, err); /* says why it cannot be opened, which minizip does not */
  if (status) return status;
  status = izh_input_size(input, &size, err);
  unzFile zip = status ? NULL : unzOpen64(izh_input_for_library(input));
  izh_input_close(input);
  if (status) return status;
  if (!zip) return izh_fail(err, IZH_FORMAT, "cannot read \"%s\": it is not a zip archive, or cut off", path);
  int step = unzGoToFirstFile(zip);
  while (step == UNZ_OK && !status) {
    status = check_member(zip, path, &size, err);
    if (!status) status = load_member(zip, path, mapping, table, err);
    if (!status) step = unzGoToNextFile(zip);
  }
  if (!status && step != UNZ_END_OF_LIST_OF_FILE && step != UNZ_OK)
    status = izh_fail(err, IZH_FORMAT, "cannot read \"%s\": the file is damaged", path);
  unzClose(zip);
  if (status) izh_table_free(table);
  return status;
}

izh_status izh_npz_load(const char *path, izh_table *table, izh_err *err) {
  return load(path, NULL, table, err);
}

static izh_status read_file(const izh_file *file, const izh_wanted *wanted, izh_table *table, izh_err *err) {
  izh_status status = load(file->path, wanted->mapping, table, err);
  if (!status && wanted->content == IZH_CONTENT_EDGES) status = izh_matrix_scipy(table, file->path, err);
  if (status) izh_table_free(table);
  return status;
}

static izh_status write_file(const izh_file *file, const izh_source *sources, size_t n, izh_err *err) {
  return izh_npz_save(file->path, sources, n, err);
}

const izh_format izh_format_npz = {
    .ending = ".npz",
    .help = "NumPy: arrays by name",
    .reads = IZH_CONTENT_NUMBERS | IZH_CONTENT_SPIKES | IZH_CONTENT_EDGES,
    .writes = IZH_CONTENT_TABLE | IZH_CONTENT_SPIKES | IZH_CONTENT_RECORDING | IZH_CONTENT_EDGES,
    .layout = IZH_LAYOUT_ARRAYS,
    .read = read_file,
    .write = write_file,
};
