/* Checks that the compiler does plain IEEE arithmetic; without it spikes would not be reproducible. Every
 * file whose numbers can reach a spike includes this. */
#ifndef IZH_BASE_IEEE_H
#define IZH_BASE_IEEE_H

#include <float.h>

#ifdef __FAST_MATH__
#error "-ffast-math reorders sums: spikes would depend on the compiler"
#endif
#if FLT_EVAL_METHOD != 0
#error "arithmetic in more than the type's precision: spikes would differ from those of other machines"
#endif

#endif
