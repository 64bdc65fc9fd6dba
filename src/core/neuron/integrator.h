/* Integrators: how a step of dt is taken. For all of them the input is constant within a step.
 *
 * An integrator with a fixed step is a function move_NAME in core/neuron/loops.h and a line here. */
#ifndef IZH_CORE_INTEGRATOR_H
#define IZH_CORE_INTEGRATOR_H

#include <math.h>
#include <stdbool.h>

/* These check the threshold at the end of the step, and their spikes have the time of its end. strictly: v
 * must pass the peak, not only reach it. Then how far the scheme is stable: the greatest -dt dv'/dv, see
 * stray.h. */
#define IZH_FIXED_STEP_INTEGRATORS(X)                                                                        \
  X(IZHIKEVICH2003, izhikevich2003, false, 4,                                                                \
    "v by two half steps of Euler's method, then u by one from the new v (net.m of Izhikevich 2003)")        \
  X(FIGURE1, figure1, true, 2,                                                                               \
    "v by one step of Euler's method, then u by one from the new v; a spike is v > peak, not v = peak "      \
    "(figure1.m of Izhikevich 2004)")                                                                        \
  X(EULER, euler, false, 2, "forward Euler: v and u by one step from the old v and u")                       \
  X(RK4, rk4, false, 2.785293563405282,                                                                      \
    "Runge and Kutta's method of fourth order between spikes, which are found at the end of a step")

/* This one locates spikes: see core/neuron/exact.c. */
#define IZH_INTEGRATORS(X)                                                                                   \
  IZH_FIXED_STEP_INTEGRATORS(X)                                                                              \
  X(EXACT, exact, false, INFINITY,                                                                           \
    "Taylor series of the solution to a tolerance; a spike has the time at which v reached its peak, and "   \
    "acts from the end of its step on: it arrives 0 … dt late")

#define IZH_INTEGRATOR_MEMBER(NAME, name, strictly, range, help) IZH_INTEGRATOR_##NAME,
typedef enum izh_integrator { IZH_INTEGRATORS(IZH_INTEGRATOR_MEMBER) IZH_INTEGRATOR_COUNT } izh_integrator;

const char *izh_integrator_name(izh_integrator integrator); /* "izhikevich2003" … */
const char *izh_integrator_help(izh_integrator integrator); /* one line */

#endif
