#include "core/synapse/rule_code.h"

const izh_rule_code izh_rule_matrix = {.info = {.name = "matrix",
                                                .help = "the entries of a matrix of weights",
                                                .pairs = true,
                                                .matrix = true,
                                                .multapses = true},
                                       .estimate = izh_pairs_estimate,
                                       .make = izh_pairs_make,
                                       .bytes = IZH_PAIRS_BYTES};
