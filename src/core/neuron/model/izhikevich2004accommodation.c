#define MODEL izhikevich2004accommodation
#define NAME "izhikevich2004accommodation"
#define HELP                                                                                                 \
  "izhikevich2003 with u' = a b (v + 65) (figure 1 R of Izhikevich, Which model to use for cortical "        \
  "spiking "                                                                                                 \
  "neurons?, IEEE Trans. Neural Networks 15:1063, 2004)"
#define LINEAR 5
#define CONSTANT 140
#define ORIGIN (-62.5)
#define LEAST (-16.25)
#define ACCOMMODATES 1
#include "core/neuron/model/izhikevich2003.h"
