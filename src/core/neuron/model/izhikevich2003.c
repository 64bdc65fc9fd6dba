#define MODEL izhikevich2003
#define NAME "izhikevich2003"
#define HELP                                                                                                 \
  "v' = 0.04 v² + 5 v + 140 - u + I, u' = a (b v - u); at v ≥ 30: v = c, u = u + d (Izhikevich, Simple "  \
  "model of spiking neurons, IEEE Trans. Neural Networks 14:1569, 2003, eqs 1–3)"
#define LINEAR 5
#define CONSTANT 140
#define ORIGIN (-62.5)
#define LEAST (-16.25)
#define ACCOMMODATES 0
#include "core/neuron/model/izhikevich2003.h"
