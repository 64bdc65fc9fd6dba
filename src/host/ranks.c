#include "host/ranks.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/module.h"
#include "base/output.h"
#include "base/ranks.h"
#include "host/folder.h"
#include "host/interrupt.h"
#include "host/script.h"

enum { NEURONS_A_RANK = 4096 }; /* fewer cost less to simulate than their spikes to exchange */

static izh_ranks_link carrier;
static bool begun;
static char failure[IZH_RANKS_TEXT]; /* see host_ranks_failed */

/* What launchers tell their processes: Open MPI's mpirun; MPICH's, Intel's and Slurm's (PMI); PMIx. */
static const char *const launched[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "PMI_RANK", "PMIX_RANK"};
/* Where they say how many processes they started; the last is Slurm's, whatever it launches by. */
static const char *const sizes[] = {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"};

/* How many processes a launcher started; 0: it does not say. */
static int launched_size(void) {
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    if (getenv(sizes[i])) return atoi(getenv(sizes[i]));
  return 0;
}

/* One process needs no MPI. */
static bool is_launched(void) {
  bool any = false;
  for (size_t i = 0; i < sizeof launched / sizeof *launched; i++) any = any || getenv(launched[i]);
  return any && launched_size() != 1;
}

/* --mpi among the options. */
static bool is_asked(int argc, char **argv) {
  for (int i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0' && strcmp(argv[i], "--") != 0; i++)
    if (strcmp(argv[i], "--mpi") == 0) return true;
  return false;
}

/* Which of the arguments are options is not known yet; to take another for one does no harm. */
static bool may_be_closed(int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    if (strncmp(argv[i], "--sandbox", strlen("--sandbox")) == 0) return true;
  return false;
}

static bool fail(const char *message) {
  fprintf(stderr, "izhlua: %s\n", message);
  return false;
}

static bool load(const izh_ranks_module **module) {
  static const char name[] = "/../../../lib/izhlua/mpi.so";
  char path[PATH_MAX];
  const char *folder = host_lua_folder();
  if (!folder) return false;
  const char *end = strstr(folder, "/share/izhlua/lua"); /* which may be a link in a build folder */
  snprintf(path, sizeof path, "%.*s%s", (int)(end - folder), folder, name + sizeof "/../../.." - 1);
  if (access(path, F_OK) != 0)
    return fail(
        "an MPI launcher started it, but it was built without MPI (with Debian's libopenmpi-dev installed, "
        "build it again)");
  izh_err err;
  const void *found;
  if (izh_module_load(path, "izh_mpi_module", "MPI", &found, &err)) return fail(err.message);
  *module = found;
  return true;
}

/* --- ranks that have gone apart --- */

static _Noreturn void leave(int code) {
  fflush(NULL);
  izh_output_remove_all();
  izh_ranks_end_link();
  _exit(code);
}

/* Of a rank that failed, what it failed with is enough. */
static void apart(const izh_ranks_apart *all, int size) {
  int failed = 0, other = 1;
  while (failed < size && !(all[failed].ending && all[failed].status)) failed++;
  while (other < size - 1 && strcmp(all[other].text, all[0].text) == 0) other++;
  fflush(stdout);
  if (failed == 0 && izh_rank() == 0) leave(all[0].status); /* it has said why */
  if (failed < size) {
    fprintf(stderr, "izhlua: rank %d ended with an error: %s\n", failed, all[failed].text);
    leave(all[failed].status);
  }
  fprintf(
      stderr,
      "izhlua: the script does not do the same on all ranks: rank 0 is at %s, rank %d at %s (does it ask the "
      "clock, the name of the computer, or the order of next?)\n",
      all[0].text, other, all[other].text);
  leave(HOST_EXIT_FAILURE);
}

/* --- the beginning and the end --- */

/* What the others print is lost: stdout as a whole, since what they start prints, too; of stderr, what this
 * program prints. */
static bool be_silent(void) {
  FILE *nothing = fopen("/dev/null", "w");
  if (!nothing || dup2(fileno(nothing), STDOUT_FILENO) < 0) return false;
  setvbuf(nothing, NULL, _IONBF, 0); /* as stderr is: a worker's goes on to rank 0 */
  stderr = nothing;                  /* in the GNU C library it is a variable */
  return true;
}

static bool begin(const izh_ranks_module *module, bool closed) {
  izh_err err;
  int wanted = launched_size();
  if (module->begin(&carrier, closed, &err)) return fail(err.message);
  /* what the script starts is not started by the launcher */
  for (size_t i = 0; i < sizeof launched / sizeof *launched; i++) unsetenv(launched[i]);
  if (carrier.size == 1 && wanted > 1)
    return fail("this launcher is of another MPI than izhlua was built with, and started processes that do "
                "not know of "
                "each other");
  begun = true;
  if (carrier.size == 1) return true;
  const char *least = getenv("IZHLUA_NEURONS_A_RANK"); /* of the tests, whose networks are small */
  izh_ranks_def def = {.link = &carrier,
                       .least = least ? (uint32_t)atoi(least) : NEURONS_A_RANK,
                       .signal = host_interrupt_signal,
                       .tell = host_interrupt_tell,
                       .apart = apart};
  if (izh_ranks_begin(&def, &err)) return fail(err.message);
  return !izh_ranks_silent() || be_silent();
}

bool host_ranks_begin(int argc, char **argv) {
  const izh_ranks_module *module;
  if (!is_launched() && !is_asked(argc, argv)) return true;
  return load(&module) && begin(module, may_be_closed(argc, argv));
}

bool host_ranks_check(const host_options *options) {
  if (izh_ranks_size() == 1) return true;
  bool reads_input = !options->script_is_file && (options->script < options->argc || !options->statements);
  const char *what = options->prompt    ? "a prompt (-i)"
                     : options->watch   ? "--watch"
                     : options->explore ? "--explore"
                     : options->open    ? "--open"
                     : options->figure  ? "a figure that is run again"
                     : reads_input      ? "a script from the standard input"
                                        : NULL;
  if (what) fprintf(stderr, "izhlua: %s does not go with several ranks (mpirun)\n", what);
  if (!what && options->sandbox && !carrier.closes)
    return fail("--sandbox with several ranks is for an izhlua that was built with Open MPI: another MPI may "
                "need what a sandbox forbids");
  return !what;
}

void host_ranks_failed(const char *message) {
  if (!failure[0]) snprintf(failure, sizeof failure, "%s", message);
}

int host_ranks_end(int code) {
  char text[IZH_RANKS_MESSAGE];
  if (!begun) return code;
  code = izh_ranks_end(code, failure[0] ? failure : NULL, text);
  if (text[0]) fprintf(stderr, "izhlua: %s\n", text);
  fflush(NULL);
  carrier.end();
  return code;
}
