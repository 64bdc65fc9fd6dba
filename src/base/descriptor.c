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
