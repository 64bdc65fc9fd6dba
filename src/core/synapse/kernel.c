#include "core/synapse/kernel_code.h"

#include <math.h>
#include <stdio.h>

#include "core/isa/isa.h"

const izh_kernel_code *izh_kernel_code_of(izh_kernel_kind kind) {
  return izh_loops_chosen()->kernels[kind];
}

const izh_kernel_info *izh_kernel_describe(izh_kernel_kind kind) {
  return &izh_kernel_code_of(kind)->info;
}

const char *izh_kernel_name(izh_kernel_kind kind) {
  return izh_kernel_describe(kind)->name;
}

izh_kernel izh_kernel_default(izh_kernel_kind kind) {
  const izh_kernel_info *info = izh_kernel_describe(kind);
  izh_kernel kernel = {.kind = kind};
  for (int q = 0; q < info->n; q++) kernel.values[q] = info->quantities[q].otherwise;
  return kernel;
}

/* Whether a quantity says something of the kernel. */
static bool has(const izh_kernel *kernel, int q) {
  return kernel->conducts || q == 0 || q != izh_kernel_describe(kernel->kind)->reversal;
}

double izh_kernel_reversal(const izh_kernel *kernel) {
  return kernel->conducts ? kernel->values[izh_kernel_describe(kernel->kind)->reversal] : (double)NAN;
}

izh_status izh_kernel_fit(const izh_net *net, izh_kernel *kernel, izh_filter *filter, izh_err *err) {
  if ((unsigned)kernel->kind >= IZH_KERNEL_COUNT)
    return izh_fail(err, IZH_ARGUMENT, "unknown synapse %d", (int)kernel->kind);
  const izh_kernel_code *code = izh_kernel_code_of(kernel->kind);
  izh_status status = IZH_OK;
  if (kernel->conducts && code->info.reversal == 0)
    return izh_fail(err, IZH_RANGE, "synapse %s has no reversal potential", code->info.name);
  if (kernel->conducts && isnan(izh_kernel_reversal(kernel)))
    return izh_fail(err, IZH_RANGE, "the reversal potential of a conductance must be a number (got NaN)");
  for (int q = 0; q < code->info.n && !status; q++)
    if (has(kernel, q)) status = izh_quantity_check(&code->info.quantities[q], kernel->values[q], err);
  *filter = (izh_filter){.kind = kernel->kind};
  return status || !code->fit ? status : code->fit(net, kernel->values, filter, err);
}

izh_status izh_kernel_check(const izh_net *net, const izh_kernel *kernel, izh_err *err) {
  izh_kernel fitted = *kernel;
  izh_filter filter;
  return izh_kernel_fit(net, &fitted, &filter, err);
}

bool izh_kernel_same(const izh_kernel *a, const izh_kernel *b) {
  if (a->kind != b->kind || a->conducts != b->conducts) return false;
  for (int q = 0; q < izh_kernel_describe(a->kind)->n; q++)
    if (has(a, q) && a->values[q] != b->values[q]) return false;
  return true;
}

void izh_kernel_text(const izh_kernel *kernel, char *text, size_t size) {
  const izh_kernel_info *info = izh_kernel_describe(kernel->kind);
  izh_kernel usual = izh_kernel_default((izh_kernel_kind)0);
  if (izh_kernel_same(kernel, &usual)) {
    text[0] = '\0';
    return;
  }
  size_t at = (size_t)snprintf(text, size, "%s", info->name);
  for (int q = 0; q < info->n && at < size; q++) {
    if (!has(kernel, q)) continue;
    at += (size_t)snprintf(text + at, size - at, "%s%s%s%.10g %s", q > 0 ? ", " : " of ",
                           info->unnamed ? "" : info->quantities[q].name, info->unnamed ? "" : " ",
                           kernel->values[q], info->quantities[q].unit);
  }
}

/* A kernel without quantities has one unused number in the archive. */
void izh_kernel_archive(izh_archive *a, izh_kernel *kernel) {
  kernel->kind = (izh_kernel_kind)izh_archive_choice(a, kernel->kind, IZH_KERNEL_COUNT);
  int n = izh_kernel_describe(kernel->kind)->n;
  izh_archive_bool(a, &kernel->conducts);
  for (int q = 0; q < (n > 1 ? n : 1); q++) izh_archive_f64(a, &kernel->values[q]);
}
