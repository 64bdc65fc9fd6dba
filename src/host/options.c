#include "host/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

enum { THREADS_MAX = 1024 };

typedef enum option_id { EXECUTE, PROMPT, VERSION, HELP, SEED, THREADS, OPEN, WATCH, OPTIONS } option_id;

static const struct {
  const char *name;
  const char *letter; /* NULL: none */
  bool takes_value;
} known[OPTIONS] = {
    [EXECUTE] = {"-e", NULL, true},         [PROMPT] = {"-i", NULL, false},
    [VERSION] = {"--version", "-v", false}, [HELP] = {"--help", "-h", false},
    [SEED] = {"--seed", NULL, true},        [THREADS] = {"--threads", NULL, true},
    [OPEN] = {"--open", NULL, false},       [WATCH] = {"--watch", NULL, false},
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
      if (!known[i].takes_value) return misuse("no value is taken by", known[i].name, "");
      option->value = text + length + 1;
      return 0;
    }
    if (!is_long && known[i].takes_value) {
      option->value = text + length;
      return 0;
    }
  }
  return unknown_option(text);
}

/* Recognises argv[*i] and takes its value, which may be the next argument; *i is then that one. */
static int take(int argc, char **argv, int *i, given *option) {
  if (recognise(argv[*i], option) != 0) return -1;
  if (!known[option->id].takes_value || option->value) return 0;
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
  case OPEN:
    options->open = true;
    return 0;
  case WATCH:
    options->watch = true;
    return 0;
  case VERSION:
    *action = HOST_ACTION_VERSION;
    return 0;
  case HELP:
    *action = HOST_ACTION_HELP;
    return 0;
  case OPTIONS:
    break;
  }
  return -1;
}

static host_action check_watch(const host_options *options, host_action action) {
  if (action != HOST_ACTION_RUN || !options->watch) return action;
  if (options->script_is_file && !options->prompt) return action;
  misuse(options->prompt ? "there is no prompt with" : "a script file is wanted by", "--watch", "");
  return HOST_ACTION_MISUSE;
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

/* An option of ours after the script would be an argument that most scripts do not look at; after arguments
 * of another kind than name=value it is the script's. --help may be the script's (izh.parameters). */
static int check_arguments(const host_options *options) {
  const char *script = options->argv[options->script];
  for (int i = options->script + 1; i < options->argc; i++) {
    const char *text = options->argv[i];
    option_id id = find_long(text);
    if (id == OPTIONS && (text[0] == '-' || !strchr(text, '='))) break;
    if (id == OPTIONS || id == HELP || id == VERSION) continue;
    bool value = known[id].takes_value && !strchr(text, '=') && i + 1 < options->argc;
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
  return check_watch(options, action);
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
