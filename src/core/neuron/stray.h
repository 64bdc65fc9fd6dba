/* Strays: neurons that went to a v at which their integrator is not stable.
 *
 * Let v' fall by l when v rises by 1 mV. A step of length h is stable if l h is at most the reach of the
 * integrator on the real axis: 2 for Euler's method, 2.785 for rk4. (For two half steps, l dt is at most 4.)
 * A quadratic v' is steeper below some v. There a step overshoots, so that strong inhibition makes a neuron
 * fire. With v' = p2 x² + p1 x + …, x = v - origin (izh_flow), and `reach` the greatest l dt, this happens
 * for x < -(reach / dt + p1) / (2 p2). For the equations of 2003 it is v < -62.5 - 12.5 reach / dt: -162.5 mV
 * for the two half steps of dt = 0.5 ms, -112.5 mV for those of 1 ms. A linear v' has the same slope
 * everywhere.
 *
 * Every v at which a step evaluates v' is checked: the v at its beginning, and those within the step. */
#ifndef IZH_CORE_STRAY_H
#define IZH_CORE_STRAY_H

#include "core/net/net.h"

typedef struct izh_strays {
  uint32_t neurons; /* how many neurons have strayed; if 0, the other members have no meaning */
  uint64_t steps;   /* in how many steps, summed over the neurons */
  uint64_t spikes; /* how many spikes may be artefacts: the first spike of a neuron in or after such a step */
  uint32_t first;  /* the first neuron that strayed */
  int64_t step;    /* the end of the step in which it did, in steps */
} izh_strays;

/* The strays since the network was made. A copy begins with those of the original. */
izh_strays izh_net_strays(const izh_net *net);

bool izh_net_strayed(const izh_net *net, uint32_t neuron);

/* The v down to which the integrator of the network is stable for a neuron; infinity: it is stable nowhere;
 * -infinity: everywhere. */
double izh_net_stable_mv(const izh_net *net, uint32_t neuron);

#endif
