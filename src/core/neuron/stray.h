/* Neurons that went where their scheme is not stable.
 *
 * A step of h from v, where v' falls by l for each mV that v rises, is stable as long as l h is at most what
 * the scheme reaches on the real axis: 2 for Euler's method, 2.785 for rk4; l dt is at most 4 for two half
 * steps. Below some v a quadratic v' is steeper, and a step overshoots: strong inhibition then makes a neuron
 * fire. With v' = p2 x² + p1 x + …, x = v - origin (izh_flow), and reach the most that l dt may be, this is
 * x < -(reach / dt + p1) / (2 p2). For the equations of 2003 it is v < -62.5 - 12.5 reach / dt: -162.5 mV for
 * the two half steps of dt = 0.5 ms, -112.5 for those of 1 ms. A linear v' is as steep everywhere.
 *
 * What is looked at is each v for which a step asks for v': where it begins, and where it goes on from
 * within.
 */
#ifndef IZH_CORE_STRAY_H
#define IZH_CORE_STRAY_H

#include "core/net/net.h"

typedef struct izh_strays {
  uint32_t neurons; /* that strayed; 0: the rest means nothing */
  uint64_t steps;   /* of a neuron in which it did */
  uint64_t spikes;  /* that came next: the first of a neuron after such a step, or in it */
  uint32_t first;   /* which neuron was the first … */
  int64_t step;     /* … and when that step had ended, in steps */
} izh_strays;

/* Since the network was made; a copy has those of the original. */
izh_strays izh_net_strays(const izh_net *net);

/* The v down to which the scheme of the network is stable for a neuron; infinity: it is nowhere; -infinity:
 * everywhere. */
double izh_net_stable_mv(const izh_net *net, uint32_t neuron);

#endif
