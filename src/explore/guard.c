#include "explore/guard.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

static const char *const names[] = {"127.0.0.1", "localhost"};

bool izh_guard_token(char token[IZH_TOKEN_SIZE]) {
  unsigned char bytes[(IZH_TOKEN_SIZE - 1) / 2];
  if (getentropy(bytes, sizeof bytes) != 0) return false;
  for (size_t i = 0; i < sizeof bytes; i++) snprintf(token + 2 * i, 3, "%02x", bytes[i]);
  return true;
}

/* Takes the same time wherever they differ. */
static bool is_token(const char *text, const char *token) {
  if (strnlen(text, IZH_TOKEN_SIZE - 1) < IZH_TOKEN_SIZE - 1) return false;
  int different = 0;
  for (int i = 0; i < IZH_TOKEN_SIZE - 1; i++) different |= text[i] ^ token[i];
  return different == 0;
}

/* prefix, name and port of this server, as "http://127.0.0.1:8080" */
static bool is_ours(const char *text, const char *prefix, int port) {
  char ours[64];
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    snprintf(ours, sizeof ours, "%s%s:%d", prefix, names[i], port);
    if (strcmp(text, ours) == 0) return true;
  }
  return false;
}

/* --- whose process it is --- */

typedef enum answer { UNKNOWN, OURS, OF_OTHERS } answer;

/* Reads a line of /proc/net/tcp or tcp6; addresses there are hexadecimal, and an IPv4 address is the end of
 * an IPv6 address. False for a line without a connection. */
static bool read_line(const char *line, int remote_port, int port, unsigned *state, unsigned *uid) {
  char local[40], remote[40];
  static const char loopback[] = "0100007F";
  const size_t length = sizeof loopback - 1;
  unsigned local_port, foreign_port;
  if (sscanf(line, " %*u: %39[0-9A-F]:%x %39[0-9A-F]:%x %x %*s %*s %*s %u", local, &local_port, remote,
             &foreign_port, state, uid) != 6)
    return false;
  size_t n = strlen(local), m = strlen(remote);
  return n >= length && m >= length && strcmp(local + n - length, loopback) == 0 &&
         strcmp(remote + m - length, loopback) == 0 && local_port == (unsigned)remote_port &&
         foreign_port == (unsigned)port;
}

/* The other end of the connection. A socket whose process has closed it belongs to nobody. Root may read the
 * token anyway, and passes connections on for others in some systems. */
static answer owner_in(const char *path, int remote_port, int port, bool *told) {
  enum { ESTABLISHED = 1 };
  char line[512];
  unsigned state, uid;
  answer found = UNKNOWN;
  FILE *table = fopen(path, "re");
  if (!table) return UNKNOWN;
  while (found == UNKNOWN && fgets(line, sizeof line, table)) {
    if (strchr(line, ':')) *told = true;
    if (!read_line(line, remote_port, port, &state, &uid)) continue;
    found = state == ESTABLISHED && (uid == getuid() || uid == 0) ? OURS : OF_OTHERS;
  }
  fclose(table);
  return found;
}

static bool is_of_this_user(int remote_port, int port) {
  bool told = false;
  answer found = owner_in("/proc/net/tcp", remote_port, port, &told);
  if (found == UNKNOWN) found = owner_in("/proc/net/tcp6", remote_port, port, &told);
  return found == OURS || (found == UNKNOWN && !told);
}

const char *izh_guard_check(const struct mg_request_info *request, const char *host, const char *origin,
                            const char *token, int port, const char **rest) {
  const char *path = request->local_uri_raw;
  if (!host || !is_ours(host, "", port)) return "this name is not the explorer's";
  if (origin && !is_ours(origin, "http://", port)) return "another page has no business here";
  if (!path || path[0] != '/' || !is_token(path + 1, token))
    return "the address is not the one that izhlua printed";
  if (!is_of_this_user(request->remote_port, port)) return "this is another user's explorer";
  *rest = path + IZH_TOKEN_SIZE;
  return NULL;
}
