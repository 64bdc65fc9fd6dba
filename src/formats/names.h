/* The names that people give to columns and arrays, and the units in them. */
#ifndef IZH_FORMATS_NAMES_H
#define IZH_FORMATS_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/* What a column is for. */
typedef enum izh_role {
  IZH_ROLE_TIMES,
  IZH_ROLE_SENDERS,
  IZH_ROLE_UNIT, /* of the times: a word, or the same for all */
  IZH_ROLE_DELAY_UNIT,
  IZH_ROLE_POPULATION, /* words: the one that each spike is of */
  IZH_ROLE_TRIAL,
  IZH_ROLE_PRE,
  IZH_ROLE_POST,
  IZH_ROLE_WEIGHT,
  IZH_ROLE_DELAY,
  IZH_ROLE_COUNT_OF,   /* how many synapses an edge stands for */
  IZH_ROLE_FUNCTION,   /* words: what makes the weights */
  IZH_ROLE_ROW_NUMBER, /* which cannot matter */
  IZH_ROLE_SAMPLING,   /* in Hz */
  IZH_ROLE_PRE_PART,   /* words: what the source of each edge is one of, a population, a layer … */
  IZH_ROLE_POST_PART,
  IZH_ROLES
} izh_role;

/* A unit of time: ms = value × times / over, since 1000 is a double, and 0.001 is not. */
typedef struct izh_unit {
  double times, over;
} izh_unit;
/* The unit that a word means (ms, s, us …, any case); false: none. */
bool izh_unit_find(const char *word, izh_unit *unit);

/* Does a name mean this: case, blanks and plural aside, with a unit of time behind it if it is a time
 * (`delay_s`, `t (ms)`). *unit is that unit, ms where there is none. */
bool izh_name_means(const char *name, izh_role role, izh_unit *unit);
/* Is there a unit behind any name; *unit is ms where there is none. */
bool izh_name_unit(const char *name, izh_unit *unit);
/* Does it mean anything that is a column of numbers. */
bool izh_name_known(const char *name);
/* Does what it means need its words. */
bool izh_name_of_words(const char *name);
/* How many different things the words of a text mean that are longer than two letters. */
int izh_names_in(const char *text);

/* What a role is called by scripts, and some of the names that are known: "t, time, times …". */
const char *izh_role_name(izh_role role);
const char *izh_role_examples(izh_role role);

#endif
