#include "core/synapse/filter.h"

#include <string.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "core/synapse/kernel_code.h"

static izh_status filter_room(izh_filter *filter, size_t stride, izh_err *err) {
  filter->stride = stride;
  filter->numbers = NULL;
  double bytes = (double)filter->rows * (double)stride * sizeof(double);
  /* on most systems zeros take no memory until they are written: a sign that is not used costs nothing */
  if (bytes < (double)SIZE_MAX / 2) filter->numbers = izh_alloc_zero(filter->rows * stride, sizeof(double));
  if (filter->numbers) return IZH_OK;
  return izh_fail_memory(err, bytes < 1.8e19 ? (unsigned long long)bytes : ~0ull);
}

izh_status izh_filter_make(const izh_net *net, izh_kernel *kernel, size_t size, izh_filter *filter,
                           izh_err *err) {
  izh_status status = izh_kernel_fit(net, kernel, filter, err);
  return status ? status : filter_room(filter, size, err);
}

void izh_filter_free(izh_filter *filter) {
  izh_free(filter->numbers);
  filter->numbers = NULL;
}

void izh_filter_clear(izh_filter *filter) {
  if (filter->rows > 0) memset(filter->numbers, 0, filter->rows * filter->stride * sizeof(double));
}

double izh_filter_bytes(const izh_filter *filter) {
  const void *const blocks[] = {filter->numbers};
  return izh_alloc_bytes(blocks, sizeof blocks / sizeof *blocks);
}

izh_status izh_filter_grow(izh_filter *filter, size_t size, bool used, izh_err *err) {
  size_t old = filter->stride;
  if (size <= old) return IZH_OK;
  izh_filter grown = *filter;
  /* by at least a half: otherwise many populations, added one by one, would mean as many copies */
  izh_status status = filter_room(&grown, old + old / 2 > size ? old + old / 2 : size, err);
  if (status) return status;
  for (uint64_t row = 0; row < filter->rows && used; row++)
    memcpy(izh_filter_row(&grown, row), izh_filter_row(filter, row), old * sizeof(double));
  izh_filter_free(filter);
  *filter = grown;
  return IZH_OK;
}

void izh_filter_begin(const izh_filter *filter, int64_t now, izh_part part) {
  const izh_kernel_code *code = izh_kernel_code_of(filter->kind);
  if (code->begin && part.begin < part.end) code->begin(filter, now, part);
}

void izh_filter_add(const izh_filter *filter, int64_t now, izh_part part, double *current, bool first) {
  izh_kernel_code_of(filter->kind)->add(filter, now, part, current, first);
}

void izh_filter_archive(izh_archive *a, const izh_net *net, izh_kernel *kernel, izh_filter *f, bool used,
                        const izh_ids *neurons) {
  uint32_t n = neurons->size;
  if (izh_archive_reads(a)) {
    a->status = izh_kernel_fit(net, kernel, f, a->err);
    if (a->status) return;
    double bytes = (double)f->rows * n * sizeof(double);
    izh_archive_require(a, bytes <= (used ? (double)a->left : (double)izh_memory_free()), "width of a pulse");
    if (!a->status) a->status = filter_room(f, n, a->err);
  }
  void *(*archive)(izh_archive *, const void *, uint64_t, size_t) =
      used ? izh_archive_derived : izh_archive_zeros;
  f->numbers = archive(a, f->numbers, f->rows * f->stride, sizeof *f->numbers);
  if (!used || !(a->mode == IZH_ARCHIVE_WRITE || izh_archive_reads(a))) return;
  /* row by row, since the unused room at the end of a row is not part of the state */
  for (uint64_t row = 0; row < f->rows && n > 0; row++) {
    izh_archive_refresh(a, net, neurons, izh_filter_row(f, row), sizeof(double));
    izh_archive_numbers(a, izh_filter_row(f, row), n);
  }
}
