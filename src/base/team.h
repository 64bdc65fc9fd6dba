/* Threads that help the caller with work that can be divided.
 *
 * The threads are kept for the next call. A thread that waits first looks for work again and again, for 25 µs
 * to 1 ms, and then sleeps. If work came soon after it slept, it looks longer the next time; if not, it looks
 * less long. (Threads of OpenMP look for milliseconds. If another program also uses the processors, two such
 * threads then wait for each other as long as that program keeps a processor.) */
#ifndef IZH_BASE_TEAM_H
#define IZH_BASE_TEAM_H

enum { IZH_TEAM_MAX = 1024 };

/* Calls work(context, i) for i = 0 … n - 1, n ≤ IZH_TEAM_MAX. i = 0 runs in the calling thread, each other i
 * in a thread of its own; when the system gives too few threads, the rest runs in the calling thread. Returns
 * when all are done. Several threads may call it at the same time: each gets its own helpers. A process may
 * fork while none of its threads is in a call: the waiting helpers are ended before, and both processes can
 * go on. */
void izh_team_run(int n, void (*work)(void *context, int i), void *context);

/* From now on no call of izh_team_run uses more than `most` threads, the calling one included. */
void izh_team_limit(int most);

#endif
