#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void izh_descriptor_take_standard(void) {
  for (int file = STDIN_FILENO; file <= STDERR_FILENO; file++) {
    if (fcntl(file, F_GETFD) >= 0 || errno != EBADF) continue;
    /* gets the least free number, which is this one; it is opened for the wrong direction, so its use fails
     */
    if (open("/dev/null", file == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0 && open("/", O_RDONLY) < 0) return;
  }
}

int izh_descriptor_move_up(int file) {
  if (file < 0 || file > STDERR_FILENO) return file;
  int moved = fcntl(file, F_DUPFD_CLOEXEC, STDERR_FILENO + 1), code = errno;
  close(file);
  errno = code;
  return moved;
}

bool izh_descriptor_write(int file, const void *data, size_t size) {
  const char *next = data;
  while (size > 0) {
    ssize_t done = write(file, next, size);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    next += done;
    size -= (size_t)done;
  }
  return true;
}

bool izh_descriptor_read(int file, void *data, size_t size) {
  char *next = data;
  while (size > 0) {
    ssize_t got = read(file, next, size);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = 0;
    if (got <= 0) return false;
    next += got;
    size -= (size_t)got;
  }
  return true;
}
