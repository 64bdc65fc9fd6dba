/* The command line, as the user wrote it. */
#ifndef IZH_HOST_OPTIONS_H
#define IZH_HOST_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum host_action {
  HOST_ACTION_RUN,
  HOST_ACTION_HELP,
  HOST_ACTION_VERSION,
  HOST_ACTION_MISUSE, /* a message has been printed */
} host_action;

typedef struct host_options {
  int argc;
  char **argv;
  int script;          /* index of the script in argv; argc when there is none */
  bool script_is_file; /* false for none, and for - */
  bool statements;     /* there is at least one -e */
  bool prompt;         /* -i */
  bool has_seed;
  uint32_t seed;
  int threads;       /* 0: not given, or auto */
  int shard, shards; /* 0: not given */
  bool open, watch, explore;
  bool figure;               /* the script is one, by the ending of its name: what made it is run again */
  bool live;                 /* --live: runs show themselves */
  bool trust, extract;       /* --trust, --extract, of a figure */
  const char *sandbox;       /* its folder; NULL: none */
  unsigned long long memory; /* bytes, of memory and of disk, for a sandbox */
  unsigned seconds;          /* for a sandbox */
} host_options;

/* Reads argv, which must outlive *options. */
host_action host_options_read(host_options *options, int argc, char **argv);

/* The options that every run of the explorer has: those before the script but for its own and the seed. words
 * has room for argc; they are argv's. Returns how many there are. */
size_t host_options_of_runs(const host_options *options, const char **words);

/* The statements of the -e options, in order. Start with *position = 1; NULL after the last. */
const char *host_options_statement(const host_options *options, int *position);

#endif
