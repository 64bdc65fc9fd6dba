/* Short-term plasticity: how much of its weight a spike brings depends on the spikes of its source before.
 *
 * Each source of a projection has a fraction x of its resources, and uses a fraction u of these for a spike.
 * Between spikes x returns to 1 with tau_rec, and u to 0 with tau_fac. At a spike first u rises, by U (1 -
 * u); then the spike brings the weight times u x, and x falls by u x. The first spike brings U of the weight.
 * Tsodyks, Pawelzik & Markram, "Neural networks with dynamic synapses", Neural Comput. 10:821, 1998, eqs 2.1
 * to 2.7; Markram, Wang & Tsodyks, PNAS 95:5323, 1998. With tau_fac = 0, u is U: Tsodyks & Markram, PNAS
 * 94:719, 1997. The exact solution is used between spikes, so the numbers do not depend on dt. */
#ifndef IZH_CORE_STP_H
#define IZH_CORE_STP_H

#include "base/quantity.h"
#include "base/status.h"

/* U 0: there is none. */
typedef struct izh_stp {
  double U, tau_rec_ms, tau_fac_ms;
} izh_stp;

enum { IZH_STP_QUANTITIES = 3 };
extern const izh_quantity izh_stp_quantities[IZH_STP_QUANTITIES]; /* in the order of the members */

izh_status izh_stp_check(const izh_stp *stp, izh_err *err); /* IZH_RANGE */

#endif
