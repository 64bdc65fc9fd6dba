#define MODEL izhikevich2004class1
#define NAME "izhikevich2004class1"
#define HELP                                                                                                 \
  "izhikevich2003 with v' = 0.04 v² + 4.1 v + 108 - u + I (figure 1 G and L of Izhikevich, Which model to " \
  "use for cortical spiking neurons?, IEEE Trans. Neural Networks 15:1063, 2004)"
#define LINEAR 4.1
#define CONSTANT 108
#define ORIGIN (-51.25)
#define LEAST 2.9375
#define ACCOMMODATES 0
#include "core/neuron/model/izhikevich2003.h"
