#include "core/isa/isa.h"

const izh_kernel_code IZH_ISA(kernel_delta) = {
    .info = {.name = "delta", .help = "v jumps by the weight at the arrival", .jumps = true}};
