/* Landlock by its system calls: the headers of a distribution may be older than the kernel. See
 * https://docs.kernel.org/userspace-api/landlock.html, which has the numbers. */
#include "base/system.h"
#include "host/sandbox_kernel.h"

#ifndef IZH_LINUX
const char *host_kernel_files(const char *folder, const char *const *readable) {
  (void)folder, (void)readable;
  return "files and signals to other processes (this system is not Linux)";
}
#else
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

enum { VERSION_FLAG = 1, RULE_PATH = 1 };

/* Rights to files. */
enum {
  WRITE_FILE = 1 << 1,
  READ_FILE = 1 << 2,
  READ_DIR = 1 << 3,
  REMOVE_DIR = 1 << 4,
  REMOVE_FILE = 1 << 5,
  MAKE_DIR = 1 << 7,
  MAKE_REG = 1 << 8,
  REFER = 1 << 13,
  TRUNCATE = 1 << 14,
  READING = READ_FILE | READ_DIR,
  ALL_BELOW = READING | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE,
  OF_FILES = READ_FILE | WRITE_FILE | TRUNCATE, /* which a file has, too, not only a folder */
};

typedef struct rules {
  uint64_t files, net, scopes;
} rules;

typedef struct path_rule {
  uint64_t rights;
  int32_t file;
} __attribute__((packed)) path_rule;

/* What a version of Landlock knows: all of it is forbidden, but for the rules. */
static rules known(long version) {
  static const unsigned rights[] = {0, 13, 14, 15, 15}; /* how many there are in a version */
  unsigned n = version >= 5 ? 16 : rights[version];
  return (rules){.files = (1u << n) - 1, .net = version >= 4 ? 3 : 0, .scopes = version >= 6 ? 3 : 0};
}

/* A path that is not there needs no rule. */
static void allow(int set, const char *path, uint64_t rights, const rules *all) {
  struct stat info;
  path_rule rule = {.file = open(path, O_PATH | O_CLOEXEC)};
  if (rule.file < 0) return;
  bool folder = fstat(rule.file, &info) == 0 && S_ISDIR(info.st_mode);
  rule.rights = rights & all->files & (folder ? UINT64_MAX : OF_FILES);
  syscall(SYS_landlock_add_rule, set, RULE_PATH, &rule, 0);
  close(rule.file);
}

static int ruleset;
static atomic_bool failed;

static void restrict_thread(void) {
  if (syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) failed = true;
}

const char *host_kernel_files(const char *folder, const char *const *readable) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, VERSION_FLAG);
  if (version < 1) return "files and signals to other processes (it has no Landlock)";
  rules all = known(version);
  ruleset = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
  if (ruleset < 0) return "files and signals to other processes (Landlock failed)";
  allow(ruleset, folder, ALL_BELOW, &all);
  allow(ruleset, "/dev/null", READ_FILE | WRITE_FILE, &all);
  for (; *readable; readable++) allow(ruleset, *readable, READING, &all);
  bool done = host_kernel_everywhere(restrict_thread) && !failed;
  close(ruleset);
  if (!done) return "files and signals to other processes (Landlock failed)";
  if (version < 3) return "the emptying of files outside, and signals (its Landlock is old)";
  return version < 6 ? "signals to other processes (its Landlock is old)" : NULL;
}
#endif
