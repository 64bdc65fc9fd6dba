#include "base/sampler.h"

#include <sys/resource.h>

/* How often this thread had to leave its processor to another. */
static uint64_t interruptions(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? (uint64_t)usage.ru_nivcsw : 0;
}

/* Few calls stand for many: one that lasted a time slice of another process would outweigh all others. What
 * is asked of the system takes longer than many calls, so only a call that took far longer than those before
 * is suspected; when a network bursts, the next will be, too, and will not have been interrupted. */
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
