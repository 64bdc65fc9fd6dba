#include "host/rerun.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/parent.h"
#include "formats/input.h"
#include "host/extract.h"
#include "host/interrupt.h"
#include "host/origin.h"
#include "host/script.h"
#include "host/verdict.h"

/* A figure that is run again. */
typedef struct figure {
  const char *path;
  char *bytes; /* [size] */
  size_t size;
  host_origin origin;
  char folder[PATH_MAX]; /* where the script runs; "" before it is there */
} figure;

static void say(const figure *f, const char *message) {
  fprintf(stderr, "izhlua: %s: %s\n", f->path, message);
}

/* --- reading the figure --- */

static izh_status read_figure(figure *f, izh_err *err) {
  izh_input *input;
  unsigned long long size = 0;
  izh_status status = izh_input_open(f->path, &input, err);
  if (status) return status;
  status = izh_input_size(input, &size, err);
  if (!status && !(f->bytes = izh_alloc((size_t)size + 1, 1))) status = izh_fail_memory(err, size);
  if (!status) status = izh_input_read(input, f->bytes, (size_t)size, &f->size, err);
  izh_input_close(input);
  return status ? status : host_origin_read(f->bytes, f->size, &f->origin, err);
}

/* --- in the child: the folder --- */

/* Puts a file that was too large to be carried into the folder, if it lies beside the figure. */
static void fetch_large(const host_origin_file *file, const char *beside, const char *figure_path) {
  char path[PATH_MAX], sum[IZH_SHA256_SIZE];
  izh_input *input = NULL;
  izh_carried_file copy = {.name = (char *)file->name};
  unsigned long long size = 0;
  bool fits = snprintf(path, sizeof path, "%s/%s", beside, file->name) < (int)sizeof path;
  bool there = fits && !izh_input_open(path, &input, NULL) && !izh_input_size(input, &size, NULL);
  if (there && size == file->size && (copy.bytes = izh_alloc((size_t)size + 1, 1)))
    izh_input_read(input, copy.bytes, (size_t)size, &copy.size, NULL);
  izh_input_close(input);
  izh_sha256_of(copy.bytes ? copy.bytes : "", copy.size, sum);
  bool right = copy.bytes && strcmp(sum, file->sha256) == 0;
  if (there && !right)
    fprintf(stderr, "izhlua: %s is not the one that the script read when it made %s\n", path, figure_path);
  else if (!there)
    fprintf(stderr, "izhlua: %s does not carry %s (%llu bytes): it is missing beside the figure\n",
            figure_path, file->name, file->size);
  if (right) host_extract_file(&copy, NULL);
  izh_free(copy.bytes);
}

static izh_status fill_folder(const figure *f, const char *beside, izh_err *err) {
  const host_origin *origin = &f->origin;
  izh_status status = host_extract_folders(origin, err);
  for (size_t i = 0; i < origin->n_files && !status; i++) {
    const host_origin_file *file = &origin->files[i];
    if (file->form == HOST_ATTACHED)
      status = host_extract_file(izh_carried_find(&origin->carried, file->name), err);
    else if (file->form == HOST_LARGE)
      fetch_large(file, beside, f->path);
    else
      fprintf(stderr, "izhlua: %s does not carry %s, which %s\n", f->path, file->name,
              file->form == HOST_CHANGED ? "was changed while the script ran"
                                         : "was outside of the folder of the script");
  }
  return status;
}

/* The folder of the figure, from everywhere. */
static bool find_beside(const figure *f, char beside[PATH_MAX]) {
  char path[PATH_MAX];
  const char *slash = strrchr(f->path, '/');
  int length = slash ? (int)(slash - f->path) : 0;
  if (snprintf(path, sizeof path, "%.*s%s", length, f->path, slash ? "/" : ".") >= (int)sizeof path)
    return false;
  return realpath(path, beside);
}

/* --- in the child: what the figure depends on --- */

/* The date of a PDF, as cairo writes it: /CreationDate (20261127005237Z), with a D: since 1.18. */
static void set_date(const figure *f) {
  static const char key[] = "/CreationDate (";
  struct tm tm = {0};
  char text[16] = "", seconds[24];
  const char *found = NULL, *end = f->bytes + f->size, *from = f->bytes;
  while ((from = memmem(from, (size_t)(end - from), key, strlen(key)))) found = from += strlen(key);
  if (!found || end - found < 16) return;
  if (memcmp(found, "D:", 2) == 0) found += 2;
  memcpy(text, found, 14);
  if (sscanf(text, "%4d%2d%2d%2d%2d%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min,
             &tm.tm_sec) != 6)
    return;
  tm.tm_year -= 1900;
  tm.tm_mon -= 1;
  snprintf(seconds, sizeof seconds, "%lld", (long long)timegm(&tm));
  setenv("SOURCE_DATE_EPOCH", seconds, 1);
}

static void set_environment(const figure *f) {
  set_date(f);
  if (f->origin.author)
    setenv("IZHLUA_AUTHOR", f->origin.author, 1);
  else
    unsetenv("IZHLUA_AUTHOR");
}

/* Reads the command line of the figure. False when it is none that a figure has: it might do more than run
 * its script. */
static bool set_options(const host_origin *origin, host_options *options) {
  host_options given;
  if (host_options_read(&given, (int)origin->n_words, origin->words) != HOST_ACTION_RUN) return false;
  if (!given.script_is_file || given.argv[given.script] != origin->script) return false;
  if (given.figure || given.shards || given.prompt || given.open || given.watch || given.explore ||
      given.sandbox || given.trust || given.extract)
    return false;
  given.threads = options->threads;
  given.sandbox = options->trust ? NULL : ".";
  given.memory = options->memory;
  given.seconds = options->seconds;
  *options = given;
  return true;
}

static void become_run(const figure *f, host_options *options, pid_t parent) {
  char beside[PATH_MAX];
  izh_err err = {.message = "its folder cannot be used"};
  izh_end_with_parent(SIGTERM);
  host_interrupt_child_of(parent);
  if (getppid() != parent) _exit(HOST_EXIT_FAILURE);
  bool ready = find_beside(f, beside) && chdir(f->folder) == 0 && !fill_folder(f, beside, &err);
  if (!ready) say(f, err.message);
  if (ready && !set_options(&f->origin, options)) {
    say(f, "its command line is not one that is run again");
    ready = false;
  }
  if (!ready) _exit(HOST_EXIT_FAILURE);
  set_environment(f);
}

/* --- in this process --- */

static volatile sig_atomic_t stopped; /* the signal that did it */
static volatile pid_t run;            /* whom it is passed on to */

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { ENDING = sizeof ending / sizeof *ending };

/* Ctrl-C on a terminal goes to the run as well; a signal that another process sends comes here alone. */
static void on_signal(int number, siginfo_t *info, void *context) {
  (void)context;
  stopped = number;
  if (info->si_code <= 0 && run > 0) kill(run, number);
}

/* Runs the script; true in the child. *status is that of waitpid. */
static bool run_script(figure *f, host_options *options, int *status) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO}, old[ENDING];
  pid_t parent = getpid();
  sigemptyset(&action.sa_mask);
  fflush(NULL);
  for (int i = 0; i < ENDING; i++) sigaction(ending[i], &action, &old[i]);
  pid_t child = run = fork();
  if (child == 0) {
    for (int i = 0; i < ENDING; i++) sigaction(ending[i], &old[i], NULL);
    become_run(f, options, parent);
    return true;
  }
  *status = HOST_EXIT_FAILURE << 8;
  if (child < 0) say(f, strerror(errno));
  while (child > 0 && waitpid(child, status, 0) < 0 && errno == EINTR) continue;
  return false;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
  (void)info, (void)kind, (void)at;
  remove(path);
  return 0;
}

static bool make_folder(figure *f) {
  const char *place = getenv("TMPDIR");
  snprintf(f->folder, sizeof f->folder, "%s/izhlua.XXXXXX", place && *place ? place : "/tmp");
  if (mkdtemp(f->folder)) return true;
  fprintf(stderr, "izhlua: cannot make a folder %s: %s\n", f->folder, strerror(errno));
  f->folder[0] = '\0';
  return false;
}

static void announce(const figure *f, bool trust) {
  fprintf(stderr, "izhlua: %s was made by: ", f->path);
  host_origin_print_command(&f->origin, STDERR_FILENO);
  fprintf(stderr, "\nizhlua: it runs again %s\n",
          trust ? "without a sandbox" : "in a sandbox (--trust: without one)");
  if (strcmp(f->origin.version, IZHLUA_VERSION) != 0)
    fprintf(stderr, "izhlua: it was made by version %s; this is %s\n", f->origin.version, IZHLUA_VERSION);
}

/* What the end of the run means for the exit status. */
static int conclude(const figure *f, int ended) {
  int code = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
  if (stopped || code > 128) return code > 128 ? code : 128 + stopped;
  bool same = host_verdict(f->path, f->bytes, f->size, &f->origin, f->folder);
  if (code != 0) fprintf(stderr, "izhlua: %s: the script has failed (exit code %d)\n", f->path, code);
  return same && code == 0 ? 0 : HOST_EXIT_FAILURE;
}

/* The rest, once the figure is read. */
static bool run_again(figure *f, host_options *options, int *status) {
  int ended = 0;
  *status = HOST_EXIT_FAILURE;
  if (options->extract) {
    *status = host_extract(f->path, &f->origin);
    return false;
  }
  if (!make_folder(f)) return false;
  announce(f, options->trust);
  if (run_script(f, options, &ended)) return true;
  *status = conclude(f, ended);
  nftw(f->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  return false;
}

bool host_rerun(host_options *options, int *status) {
  static figure f; /* the child goes on using it */
  izh_err err;
  f.path = options->argv[options->script];
  *status = HOST_EXIT_FAILURE;
  if (read_figure(&f, &err))
    say(&f, err.message);
  else if (run_again(&f, options, status))
    return true;
  host_origin_free(&f.origin);
  izh_free(f.bytes);
  return false;
}
