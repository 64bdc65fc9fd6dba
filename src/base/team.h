/* Threads that help the caller with work that can be divided.
 *
 * The threads are kept for the next call. A thread that waits first looks for work again and again, for 25 µs
 * to 1 ms, and then sleeps. It looks longer when work came soon after it slept, and less long when not. The
 * threads of OpenMP look for milliseconds. If another program uses the processors too, each meeting of two
 * such threads takes as long as that program keeps the processor. */
#ifndef IZH_BASE_TEAM_H
#define IZH_BASE_TEAM_H

enum { IZH_TEAM_MAX = 1024 };

/* Calls work(context, i) for i = 0 … n - 1, n ≤ IZH_TEAM_MAX, 0 in the calling thread and the others in
 * threads of their own, as far as the system gives any: else in the calling one. Returns when all are done.
 * Several threads may call it at a time: each gets threads that help it alone. A process may fork while none
 * of its own threads is in a call: those that wait are ended then, and both processes can go on. */
void izh_team_run(int n, void (*work)(void *context, int i), void *context);

/* From now on no run takes more threads than this, the calling one included. */
void izh_team_limit(int most);

#endif
