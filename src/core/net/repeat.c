#include "core/net/repeat.h"

#include <string.h>

#include "base/alloc.h"
#include "core/net/net_private.h"
#include "core/synapse/conductance.h"

bool izh_net_conducts(const izh_net *net) {
  return net->leak != NULL;
}

izh_status izh_net_watch(izh_net *net, izh_err *err) {
  net->watches = true;
  return net->leak ? izh_conductance_room(net, net->size, err) : IZH_OK;
}

const double *izh_net_conductances(const izh_net *net, izh_conductance which) {
  return net->watched[which];
}

/* Makes one of the arrays that are given. NULL: there is none. */
static izh_status put(double **own, const double *values, uint32_t n, izh_err *err) {
  izh_free(*own);
  *own = NULL;
  if (!values) return IZH_OK;
  *own = izh_alloc(n, sizeof **own);
  if (!*own) return izh_fail_memory(err, n * sizeof **own);
  memcpy(*own, values, n * sizeof **own);
  return IZH_OK;
}

izh_status izh_net_give(izh_net *net, const double *jump, const double *g, double reversal, izh_err *err) {
  izh_given *given = &net->given;
  given->size = net->size;
  given->reversal = reversal;
  izh_status status = put(&given->jump, jump, net->size, err);
  if (!status) status = put(&given->g, g, net->size, err);
  if (!status && g && !net->leak) status = izh_conductance_room(net, net->size, err);
  net->jumps |= jump != NULL;
  return status;
}

void izh_given_add(const izh_net *net, izh_part part) {
  const izh_given *given = &net->given;
  if (given->size != net->size) return;
  for (uint32_t i = part.begin; i < part.end && given->jump; i++) net->jump[i] += given->jump[i];
  for (size_t p = 0; p < net->n_populations && given->g; p++) {
    izh_neurons x = izh_population_neurons(net, &net->populations[p], part, NULL);
    for (uint32_t i = 0; i < x.n; i++) {
      double g = given->g[x.first + i];
      net->leak[x.first + i] += g;
      net->ext[x.first + i] += g * (given->reversal - x.v[i]);
    }
  }
}

void izh_given_free(izh_given *given) {
  izh_free(given->jump);
  izh_free(given->g);
  *given = (izh_given){0};
}

void izh_given_archive(izh_archive *a, izh_given *given) {
  given->jump = izh_archive_derived(a, given->jump, given->size, sizeof *given->jump);
  given->g = izh_archive_derived(a, given->g, given->size, sizeof *given->g);
}
