/* Who may ask: the page that this program has served, in a browser of the same user. */
#ifndef IZH_EXPLORE_GUARD_H
#define IZH_EXPLORE_GUARD_H

#include <civetweb.h>
#include <stdbool.h>

enum { IZH_TOKEN_SIZE = 33 };

/* 128 random bits; false when the system gives none. */
bool izh_guard_token(char token[IZH_TOKEN_SIZE]);

/* NULL: the request may be answered; else why not. Beyond the token in its path it must name this server,
 * since a name of a stranger may have been given this address (DNS rebinding); come from no page of another
 * origin; and come from a process of this user, where the system tells whose it is. *rest is the path without
 * the token. */
const char *izh_guard_check(const struct mg_request_info *request, const char *host, const char *origin,
                            const char *token, int port, const char **rest);

#endif
