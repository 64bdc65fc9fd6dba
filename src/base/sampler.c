#include "base/sampler.h"

#include <sys/resource.h>

/* How often the system took the processor away from this thread. */
static uint64_t interruptions(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? (uint64_t)usage.ru_nivcsw : 0;
}

/* Whether another process had the processor during a call. A timed call stands for many others, so such a
 * call would outweigh them all. Asking the system takes longer than many calls, so we ask only after a call
 * that took far longer than those before. (A call also takes long when the network bursts; then it was not
 * interrupted, and counts.) */
static bool interrupted(izh_sampler *sampler, uint64_t ns) {
  static const uint64_t SUSPECT_NS = 50000;
  bool alone = sampler->calls - sampler->stood_for <= 1; /* it stands for itself */
  if (alone || ns < SUSPECT_NS || ns / 4 * sampler->timed < sampler->ns) return false;
  uint64_t before = sampler->interruptions;
  sampler->interruptions = interruptions();
  return sampler->interruptions != before;
}

bool izh_sampler_end(izh_sampler *sampler, uint64_t ns) {
  if (interrupted(sampler, ns)) {
    sampler->next = sampler->calls;
    return false;
  }
  sampler->stood_for = sampler->calls;
  sampler->timed++;
  sampler->ns += ns;
  return true;
}
