/* Runs a program on a terminal of its own and talks to it: pty [-w columns] program arguments… < dialog
 *
 * A line of the dialog is `expect text`, which waits until the program has written the text after what the
 * line before waited for; or `send text`, which types it; or `resize columns`. In a text, \n is the Enter
 * key, \t the TAB key, \^C and its like are control keys. All that the program writes is copied to the
 * standard output. The exit status is the program's; 99 when it wrote something else, or nothing for 20
 * seconds. */
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, FAILED = 99 };

static int terminal;
static pid_t program;
static char seen[1 << 20];
static size_t seen_length, expected_from;

/* Adds what the program writes to what was seen; false at its end. */
static bool read_more(void) {
  struct pollfd ready = {.fd = terminal, .events = POLLIN};
  if (seen_length == sizeof seen - 1 || poll(&ready, 1, PATIENCE_MS) <= 0) {
    fputs("pty: the program writes too much or hangs\n", stderr);
    kill(program, SIGKILL);
    exit(FAILED);
  }
  ssize_t count = read(terminal, seen + seen_length, sizeof seen - 1 - seen_length);
  if (count <= 0) return false;
  fwrite(seen + seen_length, 1, (size_t)count, stdout);
  fflush(stdout);
  seen_length += (size_t)count;
  return true;
}

static void expect(const char *text) {
  for (;;) {
    char *found = memmem(seen + expected_from, seen_length - expected_from, text, strlen(text));
    if (found) {
      expected_from = (size_t)(found - seen) + strlen(text);
      return;
    }
    if (!read_more()) {
      fprintf(stderr, "pty: the program ended before it wrote \"%s\"\n", text);
      exit(FAILED);
    }
  }
}

static void type(const char *text) {
  ssize_t count = write(terminal, text, strlen(text));
  if (count < 0) exit(FAILED);
}

static void resize(const char *columns) {
  struct winsize size = {.ws_row = 24, .ws_col = (unsigned short)atoi(columns)};
  ioctl(terminal, TIOCSWINSZ, &size);
}

static void decode(char *text) {
  char *to = text;
  for (; *text; text++) {
    if (*text != '\\')
      *to++ = *text;
    else if (*++text == '^')
      *to++ = (char)(*++text & 31);
    else
      *to++ = *text == 'n' ? '\r' : *text == 't' ? '\t' : *text;
  }
  *to = '\0';
}

static void follow(char *line) {
  static const struct {
    const char *verb;
    void (*act)(const char *);
  } verbs[] = {{"expect ", expect}, {"send ", type}, {"resize ", resize}};
  line[strcspn(line, "\n")] = '\0';
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
    size_t length = strlen(verbs[i].verb);
    if (strncmp(line, verbs[i].verb, length) != 0) continue;
    decode(line + length);
    verbs[i].act(line + length);
    return;
  }
  fprintf(stderr, "pty: what is \"%s\"?\n", line);
  exit(FAILED);
}

int main(int argc, char **argv) {
  struct winsize size = {.ws_row = 24, .ws_col = 80};
  int first = 1;
  if (argc > 3 && strcmp(argv[1], "-w") == 0) {
    size.ws_col = (unsigned short)atoi(argv[2]);
    first = 3;
  }
  program = forkpty(&terminal, NULL, NULL, &size);
  if (program == 0) {
    execv(argv[first], argv + first);
    _exit(FAILED);
  }
  char line[1024];
  while (fgets(line, sizeof line, stdin)) follow(line);
  while (read_more()) continue;
  int status;
  waitpid(program, &status, 0);
  if (!WIFSIGNALED(status)) return WEXITSTATUS(status);
  fprintf(stderr, "pty: killed by signal %d\n", WTERMSIG(status));
  return 128 + WTERMSIG(status);
}
