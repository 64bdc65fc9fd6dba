/* Threads that help the caller with work that falls into parts.
 *
 * They are kept for the next call. While they wait for it, each looks for work again and again, for 25 µs to
 * 1 ms, as long as that was worth it before, and then sleeps. OpenMP's threads look for milliseconds: on
 * processors that something else keeps busy too, each meeting of two threads then takes as long as the other
 * program likes. */
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
