/* Vectors: numbers kept in C; and arrays, which are vectors or lists of numbers. */
#ifndef IZH_BIND_VALUE_VECTOR_H
#define IZH_BIND_VALUE_VECTOR_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>

extern const char BIND_VECTOR[];

typedef struct bind_vector {
  size_t n;
  double x[]; /* [n] */
} bind_vector;

bind_vector *bind_vector_push(lua_State *L, size_t n); /* zeros */
bind_vector *bind_vector_copy(lua_State *L, const double *x, size_t n);
/* Pushes a block of n doubles that Lua frees. */
double *bind_buffer(lua_State *L, size_t n);

/* Is the value at index a table or a vector; how many numbers it has. */
bool bind_is_array(lua_State *L, int index);
size_t bind_array_size(lua_State *L, int index);
/* Reads the array at index, which must have n numbers, into out. */
void bind_array(lua_State *L, const char *what, int index, double *out, size_t n);

#endif
