/* The explorer's server: the three files of its page, and the runs that the page asks for. */
#include <civetweb.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "explore/command.h"
#include "explore/explore.h"
#include "explore/guard.h"
#include "explore/run.h"

enum { PAGE_FILES = 3, FILE_MAX = 1 << 20, BODY_MAX = 1 << 16 };

/* A file of the page, read when the explorer begins: no request reaches the file system. */
typedef struct page_file {
  const char *name; /* as its address ends */
  const char *type;
  char *bytes; /* [size] */
  size_t size;
} page_file;

typedef struct server {
  const izh_explore *setup;
  page_file files[PAGE_FILES];
  char token[IZH_TOKEN_SIZE];
  int port;
} server;

/* The page may use what comes from here, images that it makes itself, and nothing else. */
static const char headers[] =
    "Cache-Control: no-store\r\n"
    "Connection: close\r\n"
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src blob: data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n\r\n";

/* --- answers --- */

static int answer(struct mg_connection *conn, const char *status, const char *type, const void *bytes,
                  size_t size) {
  mg_printf(conn, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s", status, type, size,
            headers);
  if (strcmp(mg_get_request_info(conn)->request_method, "HEAD") != 0) mg_write(conn, bytes, size);
  return 1;
}

static int refuse(struct mg_connection *conn, const char *status, const char *why) {
  char text[200];
  int n = snprintf(text, sizeof text, "izhlua: %s\n", why);
  return answer(conn, status, "text/plain; charset=utf-8", text, (size_t)n);
}

/* --- a run --- */

/* A frame, for the page. */
static bool tell(void *context, izh_frame_kind kind, unsigned from, const void *bytes, size_t length) {
  char frame[sizeof(izh_frame) + IZH_FRAME_MAX];
  izh_frame head = {.kind = kind, .from = from, .length = (uint32_t)length};
  if (length > IZH_FRAME_MAX) return false;
  memcpy(frame, &head, sizeof head);
  if (length > 0) memcpy(frame + sizeof head, bytes, length);
  size_t size = sizeof head + length;
  return mg_write(context, frame, size) == (int)size;
}

/* In as many frames as that takes. */
static void tell_text(struct mg_connection *conn, izh_frame_kind kind, const char *text) {
  size_t length = strlen(text);
  for (size_t at = 0; at < length; at += IZH_FRAME_MAX)
    tell(conn, kind, 0, text + at, length - at < IZH_FRAME_MAX ? length - at : IZH_FRAME_MAX);
}

static int run_command(const server *s, struct mg_connection *conn, const izh_command *command) {
  izh_listener listener = {tell, conn};
  mg_printf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n%s", headers);
  tell_text(conn, IZH_FRAME_SCRIPT, s->setup->script);
  tell_text(conn, IZH_FRAME_SEED, command->seed);
  tell_text(conn, IZH_FRAME_COMMAND, command->text);
  const char *why = izh_run(command->argv, command->tab, command->ending, listener);
  if (why) tell_text(conn, IZH_FRAME_ERROR, why);
  return 1;
}

/* What the page asks for is a form. */
static int serve_run(server *s, struct mg_connection *conn) {
  const struct mg_request_info *request = mg_get_request_info(conn);
  long long size = request->content_length;
  if (size < 0 || size > BODY_MAX) return refuse(conn, "413 Content Too Large", "this is too much");
  char *body = izh_alloc((size_t)size + 1, 1);
  if (!body) return refuse(conn, "503 Service Unavailable", "not enough memory");
  int got = 0;
  for (int n; got < size && (n = mg_read(conn, body + got, (size_t)(size - got))) > 0;) got += n;
  body[got] = '\0';
  izh_command command;
  const char *why = izh_command_read(&command, s->setup, body, (size_t)got);
  izh_free(body);
  int handled = why ? refuse(conn, "400 Bad Request", why) : run_command(s, conn, &command);
  izh_command_free(&command);
  return handled;
}

/* --- requests --- */

static int serve(struct mg_connection *conn) {
  const struct mg_request_info *request = mg_get_request_info(conn);
  server *s = mg_get_user_data(mg_get_context(conn));
  const char *origin = mg_get_header(conn, "Origin"), *method = request->request_method, *rest;
  const char *why = izh_guard_check(request, mg_get_header(conn, "Host"), origin, s->token, s->port, &rest);
  if (why) return refuse(conn, "403 Forbidden", why);
  if (strcmp(method, "POST") == 0 && strcmp(rest, "/run") == 0) {
    if (!origin) return refuse(conn, "403 Forbidden", "only its page may run the script");
    return serve_run(s, conn);
  }
  if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
    return refuse(conn, "405 Method Not Allowed", "there is no such method here");
  for (const page_file *f = s->files; f < s->files + PAGE_FILES; f++)
    if (strcmp(rest, f->name) == 0) return answer(conn, "200 OK", f->type, f->bytes, f->size);
  return refuse(conn, "404 Not Found", "there is no such page here");
}

/* What a client did wrong is no news to the user. */
static int log_message(const struct mg_connection *conn, const char *message) {
  (void)conn, (void)message;
  return 1;
}

/* --- beginning and end --- */

static izh_status read_file(page_file *f, const char *folder, izh_err *err) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, f->name[1] ? f->name + 1 : "index.html");
  FILE *file = fopen(path, "rbe");
  if (!file) return izh_fail(err, IZH_IO, "the page of the explorer is missing: %s", path);
  f->bytes = izh_alloc(FILE_MAX, 1);
  f->size = f->bytes ? fread(f->bytes, 1, FILE_MAX, file) : 0;
  fclose(file);
  return f->bytes ? IZH_OK : izh_fail_memory(err, FILE_MAX);
}

static izh_status start(server *s, izh_err *err) {
  static const char *const options[] = {"listening_ports",
                                        "127.0.0.1:0",
                                        "num_threads",
                                        "24",
                                        "connection_queue",
                                        "24",
                                        "listen_backlog",
                                        "64",
                                        "request_timeout_ms",
                                        "10000",
                                        "enable_keep_alive",
                                        "no",
                                        "enable_auth_domain_check",
                                        "no",
                                        "tcp_nodelay",
                                        "1",
                                        NULL};
  struct mg_callbacks callbacks = {.begin_request = serve, .log_message = log_message};
  struct mg_server_port port;
  mg_init_library(0);
  struct mg_context *context = mg_start(&callbacks, s, (const char **)options);
  if (!context || mg_get_server_ports(context, 1, &port) != 1)
    return izh_fail(err, IZH_IO, "cannot serve a page on 127.0.0.1");
  s->port = port.port;
  return IZH_OK;
}

/* Signals come to this thread alone: those of the server begin with them blocked. The server ends with the
 * program, since civetweb takes two seconds to stop; so it stays what it is. */
static izh_status explore(const izh_explore *setup, int *signal, izh_err *err) {
  static server s = {.files = {{"/", "text/html; charset=utf-8", NULL, 0},
                               {"/explore.css", "text/css; charset=utf-8", NULL, 0},
                               {"/explore.js", "text/javascript; charset=utf-8", NULL, 0}}};
  s.setup = setup;
  sigset_t ends;
  sigemptyset(&ends);
  for (const int *n = (const int[]){SIGINT, SIGTERM, SIGHUP, 0}; *n; n++) sigaddset(&ends, *n);
  pthread_sigmask(SIG_BLOCK, &ends, NULL);
  izh_status status = IZH_OK;
  for (int i = 0; i < PAGE_FILES && status == IZH_OK; i++) status = read_file(&s.files[i], setup->page, err);
  if (status == IZH_OK && !izh_guard_token(s.token))
    status = izh_fail(err, IZH_IO, "the system gives no random numbers");
  if (status == IZH_OK) status = start(&s, err);
  if (status != IZH_OK) return status;
  char address[128];
  snprintf(address, sizeof address, "http://127.0.0.1:%d/%s/", s.port, s.token);
  setup->ready(address);
  while (sigwait(&ends, signal) != 0) continue;
  izh_runs_end();
  return IZH_OK;
}

extern const izh_explorer izh_explorer_module;

const izh_explorer izh_explorer_module = {.serve = explore};
