#include "base/sampler.h"

#include <sys/resource.h>

/* How often this thread had to leave its processor to another. */
static uint64_t interruptions(void) {
  struct rusage usage;
  return getrusage(RUSAGE_THREAD, &usage) == 0 ? (uint64_t)usage.ru_nivcsw : 0;
}

/* A timed call stands for many others. If another process had the processor during it, it would outweigh all
 * of them. To ask the system takes longer than many calls, so we ask only after a call that took far longer
 * than those before. When a network bursts, the next call also takes long, and was not interrupted. */
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
