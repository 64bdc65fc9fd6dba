/* What the program says at its end of things that a script did and that came to nothing. */
#ifndef IZH_HOST_REMARKS_H
#define IZH_HOST_REMARKS_H

/* See izh_host.remark. */
void host_remark(const char *about, const char *text);

/* From now on nothing is said: at a prompt things are tried. */
void host_remarks_end(void);

/* Writes them to stderr, ten at most, in the order of the script's lines. */
void host_remarks_say(void);

#endif
