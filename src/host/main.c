/* izhlua: runs experiments on networks of Izhikevich neurons, which are Lua scripts. */
#include <lua.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/ranks.h"
#include "bind/bind.h"
#include "host/explore.h"
#include "host/explored.h"
#include "host/folder.h"
#include "host/interrupt.h"
#include "host/live.h"
#include "host/options.h"
#include "host/progress.h"
#include "host/prompt.h"
#include "host/ranks.h"
#include "host/remarks.h"
#include "host/report.h"
#include "host/rerun.h"
#include "host/sandbox.h"
#include "host/sandbox_outside.h"
#include "host/script.h"
#include "host/state.h"
#include "host/viewer.h"
#include "host/watch.h"

static const char help[] =
    "usage: izhlua [options] script.lua [arguments]\n"
    "       izhlua [--trust | --extract] figure.pdf\n"
    "\n"
    "Runs an experiment on a network of Izhikevich neurons. Without a script: opens a prompt,\n"
    "or runs the standard input when that is not a terminal, as the script - does.\n"
    "\n"
    "options:\n"
    "  -e STATEMENT     run a Lua statement before the script; may be given more than once\n"
    "  -i               open a prompt after the script\n"
    "  --seed N         seed of the first network, 0 to 4294967295, whatever the script says;\n"
    "                   the seeds of later networks move with it\n"
    "  --threads N      threads of every network, and workers of every sweep, that names\n"
    "                   none: 1 to 1024, or auto\n"
    "  --shard K/N      run every N-th case of the script's sweep, from the K-th on, into a file\n"
    "                   of its own, and end there; izh.sweep_merge joins the files. It may come\n"
    "                   after the script, too\n"
    "  --open           show the figures that the script saves, in the viewer of this system\n"
    "  --live           show the spikes and rates of the last second while a network runs\n"
    "  --watch          run the script again whenever it changes, or a file that it loads with\n"
    "                   require, dofile or loadfile, until Ctrl-C\n"
    "  --explore        show the script's parameters and figures on a page in the browser; a\n"
    "                   change runs the script again; with --open the browser is opened\n"
    "  --sandbox[=DIR]  run a script that you do not trust: files below DIR (this folder) only\n"
    "  --memory 2G      how much memory it may use in a sandbox, and how much it may write\n"
    "  --time 60s       how long it may run in a sandbox: 60s, 10m, 2h\n"
    "  --mpi            be one of the ranks of an MPI launcher that is not recognised: mpirun and\n"
    "                   srun are\n"
    "  --trust          run what made a figure (.pdf, .svg, .png) again without a sandbox\n"
    "  --extract        write the script and the files that a figure carries into this folder\n"
    "  -v, --version    say which version this is\n"
    "  -h, --help       say this\n"
    "  --               end of the options\n"
    "\n"
    "IZHLUA_ISA in the environment: baseline, avx2 or avx512 in place of the best instruction\n"
    "set that this processor has; the spikes do not depend on it\n"
    "\n"
    "IZHLUA_TRACE=1 in the environment: a traceback shows the lines of this program, too\n"
    "\n"
    "exit code: 0; 1 after an error in the script, 2 after one on the command line,\n"
    "130 after Ctrl-C, 143 after SIGTERM, 129 after SIGHUP, 142 after the --time of a sandbox\n";

static int say(const char *text) {
  fputs(text, stdout);
  if (fflush(stdout) == 0) return 0;
  perror("izhlua: cannot write the standard output");
  return HOST_EXIT_FAILURE;
}

static int run_statements(lua_State *L, const host_options *options) {
  const char *text;
  int status = 0, position = 1;
  while (status == 0 && (text = host_options_statement(options, &position)))
    status = host_run_statement(L, text);
  return status;
}

/* The sweep that --shard divides ends the script: where it came to its end, there was none. */
static int check_shard(const host_options *options) {
  if (!options->shards) return 0;
  fprintf(stderr, "izhlua: --shard %d/%d: the script has no sweep\n", options->shard, options->shards);
  return HOST_EXIT_FAILURE;
}

/* Statements, script, prompt, in this order; the first that fails is the last that runs. But after a script
 * that Ctrl-C has stopped, there is the prompt. */
static int run_all(lua_State *L, const host_options *options) {
  bool nothing_named = !options->statements && !options->prompt && options->script == options->argc;
  bool prompt = options->prompt || (nothing_named && !options->sandbox && isatty(STDIN_FILENO));
  int status = run_statements(L, options);
  bool stopped = false;
  if (status == 0 && (options->script < options->argc || (nothing_named && !prompt))) {
    status = host_run_script(L, options);
    stopped = status != 0 && host_interrupted() && !host_interrupt_ends();
    if (status == 0) status = check_shard(options);
  }
  if (!prompt || (status != 0 && !stopped)) return status;
  host_interrupt_forget(L);
  host_prompt(L);
  return 0;
}

static int run(const host_options *options) {
  signal(SIGXFSZ, SIG_IGN); /* a file over the limit is an error of its write, as on a full disk */
  izh_host host = {
      .has_seed = options->has_seed,
      .seed = options->seed,
      .threads = options->threads,
      .shard = options->shard,
      .shards = options->shards,
      .isa = getenv("IZHLUA_ISA"),
      .lua_dir = host_lua_folder(),
      .script = options->script_is_file ? options->argv[options->script] : NULL,
      .argc = options->argc,
      .argv = options->argv,
      .progress = !izh_ranks_silent() && host_progress_possible() ? host_progress : NULL,
      .printing = host_progress_erase,
      .interrupted = host_interrupt_poll,
      .wait = host_interrupt_wait,
      .take = host_interrupt_take,
      .forked = host_state_forked,
      .remark = host_remark,
      .live = options->live,
      .screen = host_live_screen,
      .show = host_live_show,
      .saved = host_report_wanted() ? host_report_saved
               : options->open      ? host_viewer_add
                                    : NULL,
  };
  if (!host.lua_dir) return HOST_EXIT_FAILURE;
  host_explored_begin(&host);
  if (options->sandbox) host_outside_begin(options, host.lua_dir);
  lua_State *L = host_state_new(options, &host);
  if (!L) return HOST_EXIT_FAILURE;
  return host_state_close(L, run_all(L, options));
}

static int act(int argc, char **argv) {
  host_options options;
  switch (host_options_read(&options, argc, argv)) {
  case HOST_ACTION_HELP:
    return say(help);
  case HOST_ACTION_VERSION:
    return say("izhlua " IZHLUA_VERSION " (" LUA_RELEASE ")\n");
  case HOST_ACTION_MISUSE:
    return HOST_EXIT_USAGE;
  case HOST_ACTION_RUN:
    break;
  }
  if (!host_ranks_check(&options)) return HOST_EXIT_USAGE;
  if (options.explore) return host_explore(&options);
  int status;
  if (options.figure && !host_rerun(&options, &status)) return status;
  if (options.watch && !host_watch(options.argv[options.script], options.open, &status)) return status;
  if (options.sandbox && !host_sandbox_begin(&options)) return HOST_EXIT_FAILURE;
  return run(&options);
}

int main(int argc, char **argv) {
  izh_descriptor_take_standard();
  return host_ranks_begin(argc, argv) ? host_ranks_end(act(argc, argv)) : HOST_EXIT_FAILURE;
}
