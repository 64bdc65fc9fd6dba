#include "core/neuron/integrator.h"

static const struct {
  const char *name, *help;
} integrators[IZH_INTEGRATOR_COUNT] = {
#define ENTRY(NAME, name, strictly, range, help) {#name, help},
    IZH_INTEGRATORS(ENTRY)};

const char *izh_integrator_name(izh_integrator integrator) {
  return integrators[integrator].name;
}

const char *izh_integrator_help(izh_integrator integrator) {
  return integrators[integrator].help;
}
