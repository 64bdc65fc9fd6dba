/* The lists of a network: sequences, and maps by name, of handles. */
#ifndef IZH_BIND_NET_LIST_H
#define IZH_BIND_NET_LIST_H

#include <lua.h>
#include <stdbool.h>
#include <stdint.h>

/* "populations", "projections", "stimuli", "recordings". */
enum { BIND_LISTS = 4 };
extern const char *const bind_lists[BIND_LISTS];

/* Pushes an empty list. */
void bind_list_push(lua_State *L, const char *list);
/* Pushes a handle of the index-th population … of the network at a stack index. */
typedef void bind_push_handle(lua_State *L, int network, uint32_t index);
/* Fills an empty list of the network at index with the handles of the things 0 … n - 1. */
void bind_list_fill(lua_State *L, int network, const char *list, uint32_t n, bind_push_handle *push_handle);
/* Before the core adds a thing: puts its handle, which is on top of the stack, into the list "populations" …
 * of the network at index, by name too, and pushes four values for bind_settle. All that can fail for want of
 * memory is done then. After the core has spoken, bind_settle takes the handle out again unless the thing was
 * added, without any allocation, and pops the four. */
void bind_reserve(lua_State *L, int network, const char *list, const char *name);
void bind_settle(lua_State *L, bool added);
/* Pushes a name that no item of a list of the network has: base, or base.2, base.3 … */
const char *bind_free_name(lua_State *L, int network, const char *list, const char *base);

#endif
