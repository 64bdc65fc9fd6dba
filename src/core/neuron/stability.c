#include "core/neuron/stability.h"

#include "core/net/net_private.h"

/* The length of a step of v; 0 for `exact`, which adapts its steps. *least: the least slope × length for
 * which the integrator is stable. */
static double step_of(const izh_net *net, double *least) {
  *least = net->def.integrator == IZH_INTEGRATOR_RK4 ? -2.785 : -2;
  if (net->def.integrator == IZH_INTEGRATOR_EXACT) return 0;
  return net->def.integrator == IZH_INTEGRATOR_IZHIKEVICH2003 ? net->def.dt_ms / 2 : net->def.dt_ms;
}

static const double AROUND = 0.5; /* mV; exact at any distance, since v' is quadratic or linear in v */

static double slope(const izh_population *p, const izh_neurons *x, uint32_t i, double v) {
  const izh_model_code *code = izh_model_code_of(p->model);
  return (izh_rate(code, p->plain, x, i, v + AROUND) - izh_rate(code, p->plain, x, i, v - AROUND)) /
         (2 * AROUND);
}

/* The v after one more step with the input of the last step. An integrator may go there and come back within
 * a step of the network. */
static double next_v(const izh_net *net, const izh_population *p, const izh_neurons *x, uint32_t i,
                     double step) {
  const izh_model_code *code = izh_model_code_of(p->model);
  uint32_t neuron = x->first + i;
  double dv = code->dv(p->plain, x, i, x->v[i], x->u ? x->u[i] : 0);
  return x->v[i] + step * (dv + (net->exc[neuron] + net->inh[neuron]) / code->input_by_dv(x, i));
}

bool izh_net_unstable(const izh_net *net, uint32_t *neuron) {
  double least, step = step_of(net, &least);
  for (size_t k = 0; k < net->n_populations && step > 0; k++) {
    const izh_population *p = &net->populations[k];
    izh_neurons x = izh_population_neurons(net, p, (izh_part){0, net->size}, net->ext);
    if (x.n == 0) continue; /* x.input is only ext; but the slope does not depend on the input */
    for (uint32_t i = 0; i < x.n; i++) {
      double next = next_v(net, p, &x, i, step), lowest = next < x.v[i] ? next : x.v[i];
      if ((p->held && p->held[i]) || slope(p, &x, i, lowest) * step >= least) continue;
      *neuron = x.first + i;
      return true;
    }
  }
  return false;
}
