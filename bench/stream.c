/* How fast memory is read: stream THREADS prints the GB/s at which so many threads read 1 GB together, the
 * best of ten times. What delivery can at most be, since every synapse has to be read. */
#include <omp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORDS = 1 << 27, PASSES = 10 };

static uint64_t sum(const uint64_t *x, int threads) {
  uint64_t total = 0;
#pragma omp parallel for num_threads(threads) schedule(static) reduction(+ : total)
  for (int i = 0; i < WORDS; i++) total += x[i];
  return total;
}

int main(int argc, char **argv) {
  int threads = argc > 1 ? atoi(argv[1]) : 1;
  uint64_t *x = malloc(WORDS * sizeof *x), total = 0;
  if (!x || threads < 1) return 1;
#pragma omp parallel for num_threads(threads) schedule(static)
  for (int i = 0; i < WORDS; i++) x[i] = (uint64_t)i;
  double best = 1e9;
  for (int pass = 0; pass < PASSES; pass++) {
    double began = omp_get_wtime();
    total += sum(x, threads);
    double took = omp_get_wtime() - began;
    if (took < best) best = took;
  }
  free(x);
  if (total == 1) return 1; /* so that the sum is needed */
  printf("%.2f\n", 1e-9 * WORDS * sizeof *x / best);
  return 0;
}
