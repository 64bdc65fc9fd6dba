#include "host/sandbox.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "host/sandbox_inside.h"

static bool go_to_folder(host_options *options) {
  static char script[PATH_MAX];
  if (strcmp(options->sandbox, ".") == 0) return true;
  if (options->script_is_file && realpath(options->argv[options->script], script))
    options->argv[options->script] = script; /* else it is not there, which is said later */
  return chdir(options->sandbox) == 0;
}

bool host_sandbox_begin(host_options *options) {
  if (go_to_folder(options)) return host_inside_begin(options);
  fprintf(stderr, "izhlua: cannot use the folder %s: %s\n", options->sandbox, strerror(errno));
  return false;
}
