/* What the kernel can be asked for. Each function returns NULL, or what it could not do and why. */
#ifndef IZH_HOST_SANDBOX_KERNEL_H
#define IZH_HOST_SANDBOX_KERNEL_H

/* Landlock: all files but those below the folder are out of reach; those at `readable` (a list that ends with
 * NULL) can be read. */
const char *host_kernel_files(const char *folder, const char *const *readable);

/* seccomp: system calls that are not in a list fail: programs, networks, other processes, owners, modes and
 * times of files, and the many that nobody here needs. */
const char *host_kernel_calls(void);

/* Privileges of root and of programs that have them are given up. */
const char *host_kernel_privileges(void);

/* The number of processes is limited, for so many workers. */
const char *host_kernel_processes(int processors);

#endif
