/* The steps of all models in the build for one instruction set. Compiled once for each, see core/isa/isa.h.
 */
#include "core/isa/isa.h"

#define DECLARE(NAME, name) extern const izh_model_code IZH_ISA(name);
#define NOTHING(NAME, name)
IZH_MODELS(DECLARE, NOTHING)

void IZH_ISA(step_model)(izh_model model, bool plain, izh_integrator integrator, const izh_neurons *x,
                         izh_fired *fired, uint32_t *bad) {
#define ENTRY(NAME, name) [IZH_MODEL_##NAME] = &IZH_ISA(name),
  static const izh_model_code *const models[IZH_MODEL_COUNT] = {IZH_MODELS(ENTRY, NOTHING)};
  models[model]->step(plain, integrator, x, fired, bad);
}
