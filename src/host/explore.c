#include "host/explore.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "explore/explore.h"
#include "host/folder.h"
#include "host/script.h"
#include "host/viewer.h"

static const char *script;
static bool open;

static void ready(const char *address) {
  printf("%s\n", address);
  fflush(stdout);
  fprintf(stderr, "izhlua: exploring %s at this address; Ctrl-C ends\n", script);
  if (!open) return;
  host_viewer_add(address);
  host_viewer_open();
}

static int fail(const char *text) {
  fprintf(stderr, "izhlua: --explore: %s\n", text);
  return HOST_EXIT_FAILURE;
}

int host_explore(const host_options *options) {
  const char *lua_dir = host_lua_folder();
  static char program[PATH_MAX], module[PATH_MAX + 64], page[PATH_MAX + 64], seed[16];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  if (!lua_dir || length < 0) return HOST_EXIT_FAILURE;
  program[length] = '\0';
  /* by its name, since lua_dir may be a link in a build folder */
  int prefix = (int)(strlen(lua_dir) - strlen("/share/izhlua/lua"));
  snprintf(page, sizeof page, "%.*s/share/izhlua/explore", prefix, lua_dir);
  snprintf(module, sizeof module, "%.*s/lib/izhlua/explore.so", prefix, lua_dir);
  snprintf(seed, sizeof seed, "%u", options->seed);
  script = options->argv[options->script];
  open = options->open;
  static const char **words; /* the server has them until the program ends */
  words = izh_alloc((size_t)options->argc, sizeof *words);
  if (!words) return fail("not enough memory");
  static izh_explore setup;
  setup = (izh_explore){.program = program,
                        .page = page,
                        .script = script,
                        .options = words,
                        .n_options = host_options_of_runs(options, words),
                        .seed = options->has_seed ? seed : NULL,
                        .arguments = (const char *const *)options->argv + options->script + 1,
                        .n_arguments = (size_t)(options->argc - options->script - 1),
                        .ready = ready};
  if (access(module, F_OK) != 0)
    return fail("this izhlua was built without civetweb (Debian's libcivetweb-dev), which serves the page");
  const izh_explorer *explorer;
  izh_err err;
  int signal = 0;
  izh_status status = izh_explorer_load(module, &explorer, &err);
  if (status == IZH_OK) status = explorer->serve(&setup, &signal, &err);
  if (status != IZH_OK) return fail(err.message);
  fflush(NULL);
  _exit(128 + signal); /* nothing is taken down under the threads of the server */
}
