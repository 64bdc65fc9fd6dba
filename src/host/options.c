#include "host/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/nearest.h"

enum { THREADS_MAX = 1024, SHARDS_MAX = 1000000 };

enum { MEMORY_MIN = 100000000, MEMORY_USUAL = 2000000000, TIME_USUAL = 60, TIME_MAX = 365 * 86400 };

typedef enum option_id {
  EXECUTE,
  PROMPT,
  VERSION,
  HELP,
  SEED,
  THREADS,
  SHARD,
  OPEN,
  WATCH,
  EXPLORE,
  SANDBOX,
  MEMORY,
  TIME,
  MPI,
  LIVE,
  TRUST,
  EXTRACT,
  OPTIONS
} option_id;

/* Does an option take a value. */
typedef enum taking { NONE, WANTED, ALLOWED /* only as --name=value */ } taking;

static const struct {
  const char *name;
  const char *letter; /* NULL: none */
  taking value;
} known[OPTIONS] = {
    [EXECUTE] = {"-e", NULL, WANTED},      [PROMPT] = {"-i", NULL, NONE},
    [VERSION] = {"--version", "-v", NONE}, [HELP] = {"--help", "-h", NONE},
    [SEED] = {"--seed", NULL, WANTED},     [THREADS] = {"--threads", NULL, WANTED},
    [SHARD] = {"--shard", NULL, WANTED},   [OPEN] = {"--open", NULL, NONE},
    [WATCH] = {"--watch", NULL, NONE},     [SANDBOX] = {"--sandbox", NULL, ALLOWED},
    [MEMORY] = {"--memory", NULL, WANTED}, [TIME] = {"--time", NULL, WANTED},
    [MPI] = {"--mpi", NULL, NONE},         [EXPLORE] = {"--explore", NULL, NONE},
    [LIVE] = {"--live", NULL, NONE},       [TRUST] = {"--trust", NULL, NONE},
    [EXTRACT] = {"--extract", NULL, NONE},
};

/* One option of the command line. */
typedef struct given {
  option_id id;
  const char *value; /* NULL: none, or none yet */
} given;

static int misuse(const char *problem, const char *option, const char *advice) {
  fprintf(stderr, "izhlua: %s %s%s\n", problem, option, advice);
  fputs("usage: izhlua [options] script.lua [arguments]; izhlua --help says more\n", stderr);
  return -1;
}

static int unknown_option(const char *text) {
  const char *names[OPTIONS + 1] = {NULL};
  char name[64], advice[64] = "";
  for (int i = 0; i < OPTIONS; i++) names[i] = known[i].name;
  snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "="), text);
  const char *nearest = strlen(name) > 2 ? izh_nearest(name, names)
                                         : NULL; /* for one letter, every other letter would be near */
  if (nearest) snprintf(advice, sizeof advice, " (did you mean %s?)", nearest);
  return misuse("unknown option", text, advice);
}

/* Recognises text, with the value that is written in it. */
static int recognise(const char *text, given *option) {
  for (int i = 0; i < OPTIONS; i++) {
    size_t length = strlen(known[i].name);
    bool is_long = length > 2;
    option->id = (option_id)i;
    option->value = NULL;
    if (strcmp(text, known[i].name) == 0 || (known[i].letter && strcmp(text, known[i].letter) == 0)) return 0;
    if (strncmp(text, known[i].name, length) != 0) continue;
    if (is_long && text[length] == '=') {
      if (known[i].value == NONE) return misuse("no value is taken by", known[i].name, "");
      option->value = text + length + 1;
      return 0;
    }
    if (!is_long && known[i].value == WANTED) {
      option->value = text + length;
      return 0;
    }
  }
  return unknown_option(text);
}

/* Recognises argv[*i] and takes its value, which may be the next argument; *i is then that one. */
static int take(int argc, char **argv, int *i, given *option) {
  if (recognise(argv[*i], option) != 0) return -1;
  if (known[option->id].value != WANTED || option->value) return 0;
  if (*i + 1 >= argc) return misuse("a value is missing after", known[option->id].name, "");
  option->value = argv[++*i];
  return 0;
}

static bool whole_number(const char *text, unsigned long long least, unsigned long long most,
                         unsigned long long *number) {
  if (text[0] == '\0' || text[strspn(text, "0123456789")] != '\0') return false;
  errno = 0;
  *number = strtoull(text, NULL, 10);
  return errno == 0 && *number >= least && *number <= most;
}

static int set_seed(host_options *options, const char *text) {
  unsigned long long number;
  if (!whole_number(text, 0, UINT32_MAX, &number))
    return misuse("bad value of --seed:", text, " (a whole number from 0 to 4294967295 is wanted)");
  options->has_seed = true;
  options->seed = (uint32_t)number;
  return 0;
}

static int set_threads(host_options *options, const char *text) {
  unsigned long long number = 0;
  if (strcmp(text, "auto") != 0 && !whole_number(text, 1, THREADS_MAX, &number))
    return misuse("bad value of --threads:", text, " (a whole number from 1 to 1024, or auto, is wanted)");
  options->threads = (int)number;
  return 0;
}

static int set_shard(host_options *options, const char *text) {
  char number[24];
  unsigned long long shard, shards;
  size_t n = strcspn(text, "/");
  snprintf(number, sizeof number, "%.*s", (int)n, text);
  if (n >= sizeof number || text[n] == '\0' || !whole_number(text + n + 1, 1, SHARDS_MAX, &shards) ||
      !whole_number(number, 1, shards, &shard))
    return misuse("bad value of --shard:", text, " (K/N is wanted, the K-th of N parts, as 3/16)");
  options->shard = (int)shard;
  options->shards = (int)shards;
  return 0;
}

/* A whole number with a unit, such as 2G or 60s; the factor of the unit, 0 when there is no such unit. */
static bool number_with_unit(const char *text, const char *units, const unsigned long long *factors,
                             unsigned long long *number) {
  char digits[24];
  size_t n = strspn(text, "0123456789");
  const char *unit = text[n] ? strchr(units, text[n]) : units;
  if (n >= sizeof digits || !unit || (text[n] && text[n + 1])) return false;
  snprintf(digits, sizeof digits, "%.*s", (int)n, text);
  return whole_number(digits, 1, UINT32_MAX, number) &&
         !__builtin_mul_overflow(*number, factors[unit - units], number);
}

static int set_memory(host_options *options, const char *text) {
  static const unsigned long long factors[] = {1000000000, 1000000};
  if (!number_with_unit(text, "GM", factors, &options->memory) || options->memory < MEMORY_MIN ||
      !text[strspn(text, "0123456789")])
    return misuse("bad value of --memory:", text, " (2G or 500M is wanted, from 100M on)");
  return 0;
}

static int set_time(host_options *options, const char *text) {
  static const unsigned long long factors[] = {1, 60, 3600};
  unsigned long long seconds;
  if (!number_with_unit(text, "smh", factors, &seconds) || seconds > TIME_MAX)
    return misuse("bad value of --time:", text, " (60s, 10m or 2h is wanted, up to a year)");
  options->seconds = (unsigned)seconds;
  return 0;
}

static int apply(host_options *options, const given *option, host_action *action) {
  switch (option->id) {
  case EXECUTE:
    options->statements = true;
    return 0;
  case PROMPT:
    options->prompt = true;
    return 0;
  case SEED:
    return set_seed(options, option->value);
  case THREADS:
    return set_threads(options, option->value);
  case SHARD:
    return set_shard(options, option->value);
  case OPEN:
    options->open = true;
    return 0;
  case WATCH:
    options->watch = true;
    return 0;
  case EXPLORE:
    options->explore = true;
    return 0;
  case SANDBOX:
    options->sandbox = option->value ? option->value : ".";
    return 0;
  case MEMORY:
    return set_memory(options, option->value);
  case TIME:
    return set_time(options, option->value);
  case LIVE:
    options->live = true;
    return 0;
  case TRUST:
    options->trust = true;
    return 0;
  case EXTRACT:
    options->extract = true;
    return 0;
  case VERSION:
    *action = HOST_ACTION_VERSION;
    return 0;
  case HELP:
    *action = HOST_ACTION_HELP;
    return 0;
  case MPI: /* see ranks.c */
    return 0;
  case OPTIONS:
    break;
  }
  return -1;
}

/* The part of a sweep is named after its script, and the run ends with it. */
static host_action check_shard(const host_options *options, host_action action) {
  if (action != HOST_ACTION_RUN || !options->shards) return action;
  const char *other = options->prompt    ? "-i"
                      : options->watch   ? "--watch"
                      : options->explore ? "--explore"
                                         : NULL;
  if (!other && options->script_is_file) return action;
  misuse(other ? "--shard does not go with" : "a script file is wanted by", other ? other : "--shard", "");
  return HOST_ACTION_MISUSE;
}

/* What runs a script again and again. */
static host_action check_again(const host_options *options, host_action action) {
  if (action != HOST_ACTION_RUN || !(options->watch || options->explore)) return action;
  const char *option = options->explore ? "--explore" : "--watch";
  if (options->watch && options->explore)
    misuse("--watch does not go with", option, "");
  else if (options->prompt || !options->script_is_file)
    misuse(options->prompt ? "there is no prompt with" : "a script file is wanted by", option, "");
  else
    return action;
  return HOST_ACTION_MISUSE;
}

static bool is_figure(const char *path) {
  static const char *const endings[] = {".pdf", ".svg", ".png", ".eps", ".ps"};
  const char *dot = strrchr(path, '.');
  for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
    if (strcasecmp(dot, endings[i]) == 0) return true;
  return false;
}

/* A figure is run again as it was made. */
static host_action check_figure(const host_options *options, host_action action) {
  if (action != HOST_ACTION_RUN) return action;
  const char *only = options->extract ? "--extract" : options->trust ? "--trust" : NULL;
  if (!options->figure && only) {
    misuse("a figure (.pdf, .svg, .png) is wanted by", only, "");
    return HOST_ACTION_MISUSE;
  }
  const char *other = options->prompt                       ? "-i"
                      : options->statements                 ? "-e"
                      : options->has_seed                   ? "--seed"
                      : options->open                       ? "--open"
                      : options->watch                      ? "--watch"
                      : options->explore                    ? "--explore"
                      : options->shards                     ? "--shard"
                      : options->sandbox                    ? "--sandbox"
                      : options->script + 1 < options->argc ? options->argv[options->script + 1]
                                                            : NULL;
  if (!options->figure || !other) return action;
  misuse("a figure is run again as it was made, without", other, "");
  return HOST_ACTION_MISUSE;
}

/* What shows or does something outside of a sandbox is not for what runs in it. */
static host_action check_sandbox(host_options *options, host_action action) {
  if (action != HOST_ACTION_RUN) return action;
  if (!options->sandbox && (!options->figure || options->trust) && (options->memory || options->seconds)) {
    misuse("--sandbox is wanted by", options->memory ? "--memory" : "--time", "");
    return HOST_ACTION_MISUSE;
  }
  bool opens = options->open && !options->explore; /* figures, and not a page */
  const char *other = options->prompt ? "-i" : opens ? "--open" : options->watch ? "--watch" : NULL;
  if (options->sandbox && other) {
    misuse("--sandbox does not go with", other, "");
    return HOST_ACTION_MISUSE;
  }
  if (!options->memory) options->memory = MEMORY_USUAL;
  if (!options->seconds) options->seconds = TIME_USUAL;
  return action;
}

/* The option with a long name that the text is, or OPTIONS. */
static option_id find_long(const char *text) {
  size_t length = strcspn(text, "=");
  int id = 0;
  while (id < OPTIONS &&
         !(length > 2 && strlen(known[id].name) == length && strncmp(text, known[id].name, length) == 0))
    id++;
  return (option_id)id;
}

/* Takes --shard out of the arguments of the script, where a line of a job array has it best. */
static int take_shard(host_options *options, int at) {
  given option;
  int last = at;
  if (take(options->argc, options->argv, &last, &option) != 0 || set_shard(options, option.value) != 0)
    return -1;
  int n = last + 1 - at;
  for (int i = at; i + n <= options->argc; i++) options->argv[i] = options->argv[i + n]; /* and the NULL */
  options->argc -= n;
  return 0;
}

/* Another option of ours after the script would be an argument that most scripts do not look at; after
 * arguments of another kind than name=value it is the script's. --help may be the script's (izh.parameters).
 */
static int check_arguments(host_options *options) {
  const char *script = options->argv[options->script];
  for (int i = options->script + 1; i < options->argc; i++) {
    const char *text = options->argv[i];
    option_id id = find_long(text);
    if (id == OPTIONS && (text[0] == '-' || !strchr(text, '='))) break;
    if (id == OPTIONS || id == HELP || id == VERSION) continue;
    if (id == SHARD) {
      if (take_shard(options, i--) != 0) return -1;
      continue;
    }
    bool value = known[id].value == WANTED && !strchr(text, '=') && i + 1 < options->argc;
    fprintf(stderr, "izhlua: options come before the script: izhlua %s%s%s %s\n", text, value ? " " : "",
            value ? options->argv[i + 1] : "", script);
    fprintf(stderr, "(an argument %s of the script is given by izhlua -- %s %s)\n", known[id].name, script,
            text);
    return -1;
  }
  return 0;
}

/* A lone - is the standard input, and a script. */
static bool is_option(const char *text) {
  return text[0] == '-' && text[1] != '\0';
}

host_action host_options_read(host_options *options, int argc, char **argv) {
  *options = (host_options){.argc = argc, .argv = argv};
  host_action action = HOST_ACTION_RUN;
  bool ended = false;
  int i = 1;
  for (; i < argc && is_option(argv[i]) && !ended; i++) {
    given option;
    ended = strcmp(argv[i], "--") == 0;
    if (ended) continue;
    if (take(argc, argv, &i, &option) != 0 || apply(options, &option, &action) != 0)
      return HOST_ACTION_MISUSE;
  }
  options->script = i < argc ? i : argc;
  options->script_is_file = i < argc && (ended || strcmp(argv[i], "-") != 0);
  if (action == HOST_ACTION_RUN && !ended && check_arguments(options) != 0) return HOST_ACTION_MISUSE;
  options->figure = options->script_is_file && is_figure(argv[i]);
  action = check_figure(options, check_again(options, check_shard(options, action)));
  return check_sandbox(options, action);
}

const char *host_options_statement(const host_options *options, int *position) {
  while (*position < options->script) {
    given option;
    if (strcmp(options->argv[*position], "--") == 0) return NULL;
    if (take(options->script, options->argv, position, &option) != 0) return NULL;
    ++*position;
    if (option.id == EXECUTE) return option.value;
  }
  return NULL;
}

size_t host_options_of_runs(const host_options *options, const char **words) {
  size_t n = 0;
  for (int i = 1; i < options->script; i++) {
    given option = {.id = OPTIONS};
    int first = i;
    if (strcmp(options->argv[i], "--") != 0 && take(options->script, options->argv, &i, &option) != 0) break;
    if (option.id == EXPLORE || option.id == OPEN || option.id == SEED) continue;
    while (first <= i) words[n++] = options->argv[first++];
  }
  return n;
}
