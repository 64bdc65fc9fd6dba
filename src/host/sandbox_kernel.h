/* What the kernel can be asked for. Each function returns NULL, or what it could not do and why. */
#ifndef IZH_HOST_SANDBOX_KERNEL_H
#define IZH_HOST_SANDBOX_KERNEL_H

#include <stdbool.h>

/* Calls a function in all threads of this process, one after the other; in those of libraries it interrupts
 * what they do. False: one of them did not answer. */
bool host_kernel_everywhere(void (*ask)(void));

/* Landlock: all files but those below the folder are out of reach; those at `readable` (a list that ends with
 * NULL) can be read. */
const char *host_kernel_files(const char *folder, const char *const *readable);

/* seccomp: system calls that are not in a list fail: programs, networks, other processes, owners, modes and
 * times of files, and the many that nobody here needs. ranks: what MPI needs to use the connections that it
 * has is allowed, too. For all threads. */
const char *host_kernel_calls(bool ranks);

/* Privileges of root and of programs that have them are given up. */
const char *host_kernel_privileges(void);

/* The number of processes is limited, for so many workers. */
const char *host_kernel_processes(int processors);

#endif
