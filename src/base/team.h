/* A team of threads that wait for the next piece of work.
 *
 * OpenMP's wait busily, for milliseconds: on processors that something else keeps busy too, each meeting of
 * two threads then takes as long as the other program likes. These look for work for some 50 µs, which is
 * longer than what lies between the steps of a network, and then sleep. */
#ifndef IZH_BASE_TEAM_H
#define IZH_BASE_TEAM_H

enum { IZH_TEAM_MAX = 1024 };

/* Calls work(context, i) for i = 0 … n - 1, n ≤ IZH_TEAM_MAX, 0 in the calling thread and the others in
 * threads of their own, as far as the system gives any: else in the calling one. Returns when all are done.
 * To be called by one thread at a time. */
void izh_team_run(int n, void (*work)(void *context, int i), void *context);

/* From now on no run takes more threads than this, the calling one included. */
void izh_team_limit(int most);

/* Ends the threads; the next run begins new ones. A process that forks must have none: they would be missing
 * in its child, which would wait for them for ever. */
void izh_team_end(void);

#endif
