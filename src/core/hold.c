/* What is done to the state of neurons beside their equations: v jumps. */
#include "core/ieee.h"
#include "core/model.h"

/* A neuron that is lifted over its peak is left at the peak: it fires in this step, and no scheme has to
 * follow v from a height that its own spikes never reach. */
static void jump(izh_equations e, const izh_lanes *x, const double *by) {
  for (uint32_t i = 0; i < x->n; i++) {
    if (by[i] == 0) continue;
    double peak = izh_peak(e, x, i, x->u[i]), v = x->v[i] + by[i];
    x->v[i] = v > peak && v < IZH_V_HIGH ? peak : v;
  }
}

void izh_jump(const izh_net *net, izh_part part) {
  for (size_t p = 0; p < net->n_populations && net->jumps; p++) {
    const izh_population *population = &net->populations[p];
    izh_lanes x = izh_lanes_of(net, population, part);
    if (x.n > 0) jump(izh_equations_of(population), &x, net->jump + (x.input - net->input));
  }
}
