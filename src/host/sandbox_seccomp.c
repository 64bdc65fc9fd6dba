/* A filter of system calls, as the kernel takes it: a small program that gets the number and the arguments of
 * each call. libseccomp would write the same; without it there is nothing to load. */
#include "base/system.h"
#include "host/sandbox_kernel.h"

#ifdef IZH_LINUX
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#if defined(IZH_LINUX) && defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(IZH_LINUX) && defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#ifndef ARCHITECTURE
const char *host_kernel_calls(bool ranks) {
  (void)ranks;
  return "system calls (this system or processor is not known)";
}
#else

/* Whatever its arguments are. */
static const unsigned allowed[] = {
    /* files */
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_pread64,
    SYS_pwrite64,
    SYS_close,
    SYS_lseek,
    SYS_openat,
    SYS_openat2,
    SYS_fstat,
    SYS_newfstatat,
    SYS_statx,
    SYS_statfs,
    SYS_fstatfs,
    SYS_faccessat,
    SYS_faccessat2,
    SYS_readlinkat,
    SYS_getdents64,
    SYS_getcwd,
    SYS_fcntl,
    SYS_flock,
    SYS_fsync,
    SYS_fdatasync,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_fadvise64,
    SYS_linkat,
    SYS_unlinkat,
    SYS_renameat,
    SYS_renameat2,
    SYS_dup,
    SYS_dup3,
    SYS_pipe2,
    SYS_ppoll,
    SYS_pselect6,
    SYS_eventfd2,
    /* memory */
    SYS_brk,
    SYS_mmap,
    SYS_munmap,
    SYS_mprotect,
    SYS_mremap,
    SYS_madvise,
    SYS_membarrier,
    /* threads, and processes that this one forks */
    SYS_futex,
    SYS_set_robust_list,
    SYS_set_tid_address,
    SYS_rseq,
    SYS_sched_yield,
    SYS_sched_getaffinity,
    SYS_exit,
    SYS_exit_group,
    SYS_wait4,
    SYS_waitid,
    SYS_kill,
    SYS_tgkill,
    SYS_rt_sigaction,
    SYS_rt_sigprocmask,
    SYS_rt_sigreturn,
    SYS_rt_sigsuspend,
    SYS_sigaltstack,
    SYS_restart_syscall,
    SYS_setitimer,
    SYS_getitimer,
    SYS_timer_create,
    SYS_timer_settime,
    SYS_prlimit64,
    SYS_getrlimit,
    SYS_setrlimit,
    SYS_getrusage,
    SYS_times,
    /* what it asks */
    SYS_getpid,
    SYS_getppid,
    SYS_gettid,
    SYS_getuid,
    SYS_geteuid,
    SYS_getgid,
    SYS_getegid,
    SYS_uname,
    SYS_sysinfo,
    SYS_gettimeofday,
    SYS_clock_gettime,
    SYS_clock_getres,
    SYS_clock_nanosleep,
    SYS_nanosleep,
    SYS_getrandom,
#ifdef __x86_64__
    SYS_arch_prctl,
    SYS_open,
    SYS_stat,
    SYS_lstat,
    SYS_access,
    SYS_readlink,
    SYS_link,
    SYS_unlink,
    SYS_rename,
    SYS_rmdir,
    SYS_dup2,
    SYS_pipe,
    SYS_poll,
    SYS_select,
    SYS_alarm,
    SYS_time,
#endif
};

/* Of several ranks: what MPI waits with for the connections that it has. */
static const unsigned of_ranks[] = {
    SYS_epoll_ctl,
    SYS_epoll_pwait,
#ifdef __x86_64__
    SYS_epoll_wait,
#endif
};

/* Only with these values of an argument. */
static const struct {
  unsigned call, argument;
  unsigned values[4]; /* up to the first 0 */
} sometimes[] = {
    {SYS_ioctl, 1, {TCGETS, TIOCGWINSZ, FIONREAD}}, /* not TIOCSTI, which types for the user */
    {SYS_prctl, 0, {PR_SET_PDEATHSIG, PR_SET_NAME}},
};

enum {
  NAMESPACES = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |
               CLONE_NEWNET
};

typedef struct program {
  struct sock_filter code[512];
  unsigned short n;
} program;

static void add(program *p, unsigned short what, unsigned value, unsigned char yes, unsigned char no) {
  p->code[p->n++] = (struct sock_filter){.code = what, .jt = yes, .jf = no, .k = value};
}

static void load(program *p, size_t offset) {
  add(p, BPF_LD | BPF_W | BPF_ABS, (unsigned)offset, 0, 0);
}

static void answer(program *p, unsigned action) {
  add(p, BPF_RET | BPF_K, action, 0, 0);
}

/* Gives the answer if what was loaded is the value. */
static void answer_if(program *p, unsigned value, unsigned action) {
  add(p, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
  answer(p, action);
}

/* The lower half of an argument. */
static void load_argument(program *p, unsigned argument) {
  load(p, offsetof(struct seccomp_data, args) + argument * sizeof(__u64) +
              (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 4));
}

static void write_program(program *p, bool ranks) {
  const unsigned no = SECCOMP_RET_ERRNO | EPERM, never = SECCOMP_RET_ERRNO | ENOSYS;
  load(p, offsetof(struct seccomp_data, arch));
  add(p, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  answer(p, SECCOMP_RET_KILL_PROCESS);
  load(p, offsetof(struct seccomp_data, nr));
  for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) answer_if(p, allowed[i], SECCOMP_RET_ALLOW);
  for (size_t i = 0; ranks && i < sizeof of_ranks / sizeof *of_ranks; i++)
    answer_if(p, of_ranks[i], SECCOMP_RET_ALLOW);
#ifdef SYS_clone3
  answer_if(p, SYS_clone3, never); /* its arguments are in memory; the C library then uses clone */
#endif
  for (size_t i = 0; i < sizeof sometimes / sizeof *sometimes; i++) {
    unsigned n = 0;
    while (n < 4 && sometimes[i].values[n]) n++;
    add(p, BPF_JMP | BPF_JEQ | BPF_K, sometimes[i].call, 0, (unsigned char)(2 + 2 * n));
    load_argument(p, sometimes[i].argument);
    for (unsigned k = 0; k < n; k++) answer_if(p, sometimes[i].values[k], SECCOMP_RET_ALLOW);
    answer(p, no);
  }
  add(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3);
  load_argument(p, 0);
  add(p, BPF_JMP | BPF_JSET | BPF_K, NAMESPACES, 1, 0);
  answer(p, SECCOMP_RET_ALLOW);
  answer(p, no);
}

const char *host_kernel_calls(bool ranks) {
  static program p;
  write_program(&p, ranks);
  struct sock_fprog filter = {.len = p.n, .filter = p.code};
  bool done = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
  return done ? NULL : "system calls (it has no seccomp)";
}
#endif
