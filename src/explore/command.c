#include "explore/command.h"

#include <civetweb.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

enum { ARGUMENTS_MAX = 1000, VALUE_MAX = 4096 };

static const char no_memory[] = "not enough memory";

static const char *add_word(izh_command *command, size_t *capacity, const char *word) {
  char **argv = izh_grow(command->argv, capacity, command->argc + 2, sizeof *argv);
  if (!argv) return no_memory;
  command->argv = argv;
  argv[command->argc] = izh_strdup(word);
  if (!argv[command->argc]) return no_memory;
  argv[++command->argc] = NULL;
  return NULL;
}

static const char *add_words(izh_command *command, size_t *capacity, const char *const *words, size_t n) {
  const char *why = NULL;
  for (size_t i = 0; i < n && !why; i++) why = add_word(command, capacity, words[i]);
  return why;
}

/* What begins with a letter is no option, wherever it stands. */
static bool is_argument(const char *text) {
  return (isalpha((unsigned char)text[0]) || text[0] == '_') && strchr(text, '=');
}

static const char *add_arguments(izh_command *command, size_t *capacity, const char *form, size_t length) {
  char value[VALUE_MAX];
  const char *why = NULL;
  for (size_t i = 0; !why; i++) {
    int n = mg_get_var2(form, length, "argument", value, sizeof value, i);
    if (n == -1) return NULL;
    if (n < 0 || i >= ARGUMENTS_MAX || strlen(value) != (size_t)n) return "the values are too long";
    why = is_argument(value) ? add_word(command, capacity, value) : "an argument is of the form name=value";
  }
  return why;
}

static const char *add_seed(izh_command *command, size_t *capacity) {
  if (!command->seed[0]) return NULL;
  if (command->seed[strspn(command->seed, "0123456789")]) return "a seed is a whole number";
  return add_words(command, capacity, (const char *const[]){"--seed", command->seed}, 2);
}

/* --- the text --- */

static bool is_plain(const char *word) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+.,:/@%";
  return word[0] && !word[strspn(word, plain)];
}

/* Quotes for a shell, where that is needed. Returns the end of what it has written. */
static char *put_quoted(char *to, const char *word) {
  bool plain = is_plain(word);
  if (!plain) *to++ = '\'';
  for (; *word; word++) {
    if (*word == '\'') {
      memcpy(to, "'\\''", 4);
      to += 4;
    } else {
      *to++ = *word;
    }
  }
  if (!plain) *to++ = '\'';
  return to;
}

static const char *make_text(izh_command *command) {
  size_t size = 1;
  for (size_t i = 0; i < command->argc; i++) size += 4 * strlen(command->argv[i]) + 3;
  char *to = command->text = izh_alloc(size + sizeof "izhlua", 1);
  if (!to) return no_memory;
  to += sprintf(to, "izhlua");
  for (size_t i = 1; i < command->argc; i++) {
    *to++ = ' ';
    to = put_quoted(to, command->argv[i]);
  }
  *to = '\0';
  return NULL;
}

/* --- the form --- */

static bool read_value(const char *form, size_t length, const char *name, char *value, size_t size) {
  value[0] = '\0';
  return mg_get_var(form, length, name, value, size) >= 0;
}

static const char *read_form(izh_command *command, const izh_explore *setup, const char *form,
                             size_t length) {
  size_t capacity = 0;
  char begin[4];
  if (!read_value(form, length, "tab", command->tab, sizeof command->tab) || !command->tab[0])
    return "which page asks is not said";
  if (!read_value(form, length, "ending", command->ending, sizeof command->ending) ||
      (strcmp(command->ending, ".svg") != 0 && strcmp(command->ending, ".pdf") != 0))
    return "figures are .svg or .pdf";
  bool begins = read_value(form, length, "begin", begin, sizeof begin);
  read_value(form, length, "seed", command->seed, sizeof command->seed);
  if (begins) snprintf(command->seed, sizeof command->seed, "%s", setup->seed ? setup->seed : "");
  const char *why = add_word(command, &capacity, setup->program);
  if (!why) why = add_seed(command, &capacity);
  if (!why) why = add_words(command, &capacity, setup->options, setup->n_options);
  if (!why) why = add_word(command, &capacity, setup->script);
  if (!why && begins) why = add_words(command, &capacity, setup->arguments, setup->n_arguments);
  if (!why && !begins) why = add_arguments(command, &capacity, form, length);
  return why ? why : make_text(command);
}

const char *izh_command_read(izh_command *command, const izh_explore *setup, const char *form,
                             size_t length) {
  *command = (izh_command){0};
  return read_form(command, setup, form, length);
}

void izh_command_free(izh_command *command) {
  for (size_t i = 0; i < command->argc; i++) izh_free(command->argv[i]);
  izh_free(command->argv);
  izh_free(command->text);
}
