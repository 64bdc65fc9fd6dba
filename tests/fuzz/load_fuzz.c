/* libFuzzer's target for networks that are read (scripts/fuzz). The input is what lies between the header and
 * the checksum of a .izh file, so that no checksum has to be guessed: izh_net_read, which must refuse it or
 * make a network that steps, can be copied, written, and read again. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "core/net/net.h"
#include "core/net/state.h"
#include "core/record/recording.h"
#include "core/stimulus/stimulus.h"
#include "core/synapse/projection.h"

typedef struct input {
  const uint8_t *data;
  size_t left;
} input;

static izh_status get(void *context, void *bytes, size_t size, izh_err *err) {
  input *from = context;
  (void)err;
  if (size > from->left) abort();
  memcpy(bytes, from->data, size);
  from->data += size;
  from->left -= size;
  return IZH_OK;
}

static izh_status put(void *context, void *bytes, size_t size, izh_err *err) {
  input *to = context;
  (void)err;
  if (size > to->left) abort();
  memcpy((uint8_t *)to->data, bytes, size);
  to->data += size;
  to->left -= size;
  return IZH_OK;
}

/* Everything that can be asked for. */
static void look(const izh_net *net) {
  for (uint32_t i = 0; i < izh_projection_count(net); i++) {
    izh_synapse synapse = {0};
    while (izh_projection_next(net, i, &synapse))
      if (synapse.post >= izh_net_size(net)) abort();
  }
  for (uint32_t i = 0; i < izh_stimulus_count(net); i++) {
    double *values = izh_alloc(izh_stimulus_size(net, i), sizeof *values);
    if (values) izh_stimulus_values(net, i, values);
    izh_free(values);
  }
  for (uint32_t i = 0; i < izh_recording_count(net); i++) {
    izh_recording_info info = izh_recording_describe(net, i);
    double *values = izh_alloc(info.samples, sizeof *values);
    izh_err err;
    for (uint64_t k = 0; k < info.n && values; k++) izh_recording_values(net, i, 0, k, values, &err);
    izh_free(values);
  }
}

/* What was read can be written, and read again. */
static void again(const izh_net *net) {
  uint64_t size;
  izh_err err;
  if (izh_net_length(net, &size, &err)) return;
  uint8_t *bytes = malloc(size);
  izh_net *copy = NULL;
  if (bytes && !izh_net_write(net, put, &(input){bytes, size}, &err)) {
    izh_status status = izh_net_read(get, &(input){bytes, size}, size, 1, &copy, &err);
    if (status == IZH_FORMAT || status == IZH_RANGE) abort();
    izh_net_destroy(copy);
  }
  free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  izh_net *net, *copy = NULL;
  izh_err err;
  if (izh_net_read(get, &(input){data, size}, size, 1, &net, &err)) return 0;
  look(net);
  again(net);
  for (int i = 0; i < 3 && izh_net_step(net, &err) != IZH_MEMORY; i++) {}
  if (!izh_net_copy(net, &copy, &err)) look(copy);
  izh_net_destroy(copy);
  izh_net_destroy(net);
  if (izh_alloc_held() != 0) abort();
  return 0;
}
