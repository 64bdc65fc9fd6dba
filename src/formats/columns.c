#include "formats/columns.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/nearest.h"
#include "formats/number.h"

/* --- what is said when something is not understood --- */

static izh_status wrong(const izh_mapping *m, izh_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static izh_status wrong(const izh_mapping *m, izh_err *err, const char *format, ...) {
  char why[IZH_ERR_MESSAGE_SIZE];
  va_list args;
  va_start(args, format);
  vsnprintf(why, sizeof why, format, args);
  va_end(args);
  return izh_fail(err, IZH_FORMAT, "\"%s\"%s", m->path, why);
}

enum { SHOWN = 160 };

/* The names of the arrays, as many as there is room for. */
static const char *list_names(const izh_table *table, char text[SHOWN]) {
  size_t used = 0;
  text[0] = '\0';
  for (size_t k = 0; k < table->n; k++) {
    const char *name = table->arrays[k].name;
    size_t length = strlen(name);
    if (used + length + 12 > SHOWN) {
      snprintf(text + used, SHOWN - used, ", …");
      break;
    }
    used += (size_t)snprintf(text + used, SHOWN - used, "%s%s", k ? ", " : "", length ? name : "(no name)");
  }
  return text;
}

/* Have its columns names that can be relied on. */
static bool is_named(const izh_table *table) {
  for (size_t k = 0; k < table->n && !table->doubtful; k++)
    if (table->arrays[k].name[0]) return true;
  return false;
}

/* How many columns without names there are: those of the only array, or all arrays. */
static bool is_whole(const izh_table *table) {
  const izh_array *array = table->arrays;
  return table->n == 1 && array->dimensions == 2 && (array->values || array->unread);
}

static size_t count_columns(const izh_table *table) {
  return is_whole(table) ? table->arrays[0].columns : table->n;
}

static izh_status nameless(const izh_table *table, const izh_mapping *m, const char *example,
                           const char *hint, izh_err *err) {
  char comment[80] = "";
  if (table->comment) snprintf(comment, sizeof comment, " but in a comment, \"%.40s\"", table->comment);
  return wrong(m, err, " has no names of columns%s: columns = { %s } says which is which%s", comment, example,
               hint);
}

static izh_status spikes_without_names(const izh_table *table, const izh_mapping *m, izh_err *err) {
  return nameless(table, m, "times = 1, senders = 2", "", err);
}

/* Columns without names may be anything. */
static izh_status edges_without_names(const izh_table *table, const izh_mapping *m, izh_err *err) {
  static const char *const examples[] = {"pre = 1, post = 2", "pre = 1, post = 2, weight = 3",
                                         "pre = 1, post = 2, weight = 3, delay = 4"};
  size_t n = count_columns(table), rows = table->n ? table->arrays[0].rows : 0;
  bool matrix = n > 4 || (n > 0 && n == rows);
  return nameless(table, m,
                  examples[n < 3    ? 0
                           : n == 3 ? 1
                                    : 2],
                  matrix ? "; a matrix of weights is for rule = \"matrix\"" : "", err);
}

/* No column is known to be one of a role. */
static izh_status missing(const izh_table *table, const izh_mapping *m, izh_role role, izh_err *err) {
  char names[SHOWN];
  const char *what = izh_role_name(role);
  if (is_whole(table) && m->n_picks == 0) /* the name of all of it */
    return role == IZH_ROLE_TIMES ? spikes_without_names(table, m, err) : edges_without_names(table, m, err);
  if (!is_named(table)) return wrong(m, err, ": there is no column %s", what);
  return wrong(
      m, err,
      ": there is no column %s among %s; known names are %s …, and columns = { %s = \"NAME\" } says it of "
      "another",
      what, list_names(table, names), izh_role_examples(role), what);
}

/* --- finding --- */

bool izh_columns_ask(const izh_mapping *m, const char *name) {
  static const char *const others[] = {"neurons", "window", "data",  "indices", "indptr",
                                       "row",     "col",    "shape", "format",  NULL}; /* of SciPy */
  for (size_t k = 0; k < m->n_picks; k++)
    if (m->picks[k].number || strcmp(m->picks[k].name ? m->picks[k].name : "", name) == 0) return true;
  for (const char *const *other = others; *other; other++)
    if (strcmp(*other, name) == 0) return true;
  izh_unit unit;
  bool means = false;
  for (izh_role role = 0; role < IZH_ROLES; role++) means |= izh_name_means(name, role, &unit);
  return means;
}

static bool left_out(const izh_mapping *m, const char *name) {
  for (size_t k = 0; k < m->n_picks; k++) {
    const izh_pick *pick = &m->picks[k];
    if (pick->key && !pick->name && !pick->number && strcmp(pick->key, name) == 0) return true;
  }
  return false;
}

/* Is it said what the column of a number, from 1, is, or that it is left out. */
static bool is_numbered(const izh_mapping *m, size_t number) {
  for (size_t k = 0; k < m->n_picks; k++)
    if (m->picks[k].number == number) return true;
  return false;
}

static const izh_pick *picked(const izh_mapping *m, izh_role role) {
  for (size_t k = 0; k < m->n_picks; k++) {
    const izh_pick *pick = &m->picks[k];
    if (pick->key && (pick->name || pick->number) && strcmp(pick->key, izh_role_name(role)) == 0) return pick;
  }
  return NULL;
}

static izh_column column_of(const izh_array *array, size_t k) {
  return (izh_column){.values = array->values + k,
                      .n = array->rows,
                      .stride = array->dimensions ? array->columns : 0,
                      .unit = {1, 1}};
}

/* What was found for a role. */
typedef struct found {
  const izh_array *array; /* NULL: none */
  izh_column column;
  bool has_unit; /* its name has one */
} found;

/* An array that is meant must be numbers. */
static izh_status take(const izh_array *array, const izh_mapping *m, found *f, izh_err *err) {
  if (array->refused) return izh_fail(err, IZH_FORMAT, "%s", array->refused);
  const char *name = array->name;
  if (array->words)
    return wrong(m, err, ": the column \"%s\" holds words (\"%.40s\")", name,
                 array->rows ? array->words : "");
  if (array->dimensions == 2 && array->columns != 1 && array->rows != 1)
    return wrong(m, err, ": \"%s\" has two dimensions; a list of numbers is needed", name);
  f->array = array;
  f->column = column_of(array, 0);
  if (array->dimensions == 2 && array->rows == 1) f->column.n = array->columns, f->column.stride = 1;
  return IZH_OK;
}

static izh_status take_picked(const izh_table *table, const izh_mapping *m, const izh_pick *pick,
                              izh_role role, found *f, izh_err *err) {
  char names[SHOWN];
  if (pick->name) {
    const izh_array *array = izh_table_find(table, pick->name);
    if (!array)
      return wrong(m, err, ": there is no column \"%s\" (there are: %s)", pick->name,
                   list_names(table, names));
    izh_status status = take(array, m, f, err);
    bool time = role == IZH_ROLE_TIMES || role == IZH_ROLE_DELAY;
    if (time) f->has_unit = izh_name_unit(pick->name, &f->column.unit);
    return status;
  }
  if (!is_whole(table)) return take(&table->arrays[pick->number - 1], m, f, err);
  f->array = &table->arrays[0];
  f->column = column_of(f->array, pick->number - 1);
  return IZH_OK;
}

/* The column that is meant by a role: the one that a script names, or else whose name means it. */
static izh_status find(const izh_table *table, const izh_mapping *m, izh_role role, found *f, izh_err *err) {
  *f = (found){.column = {.unit = {1, 1}}};
  const izh_pick *pick = picked(m, role);
  if (pick) return take_picked(table, m, pick, role, f, err);
  const izh_array *one = NULL, *list = NULL;
  for (size_t k = 0; k < table->n && is_named(table); k++) {
    const izh_array *array = &table->arrays[k];
    izh_unit unit;
    if (!izh_name_means(array->name, role, &unit) || left_out(m, array->name)) continue;
    if (strcmp(array->name, "neurons") == 0) { /* the list of all, if there are other ids */
      list = array->dimensions == 1 ? array : NULL;
      continue;
    }
    if (one && one->values && array->values)
      return wrong(m, err,
                   ": both \"%s\" and \"%s\" may be the column %s: columns = { %s = \"%s\" } says which",
                   one->name, array->name, izh_role_name(role), izh_role_name(role), one->name);
    if (one && one->values) continue;
    one = array;
  }
  if (!one) one = list;
  if (!one) return IZH_OK;
  izh_status status = take(one, m, f, err);
  f->has_unit = izh_name_unit(one->name, &f->column.unit);
  return status;
}

/* Picks must be of roles that are asked for. */
static izh_status check_picks(const izh_table *table, const izh_mapping *m, const izh_role *asked, size_t n,
                              izh_err *err) {
  char names[SHOWN];
  const char *known[IZH_ROLES + 1] = {NULL};
  for (size_t k = 0; k < n; k++) known[k] = izh_role_name(asked[k]);
  for (size_t k = 0; k < m->n_picks; k++) {
    const izh_pick *pick = &m->picks[k];
    size_t columns = count_columns(table);
    if (pick->number > columns)
      return wrong(m, err, ": there is no column %zu (there %s %zu)", pick->number,
                   columns == 1 ? "is" : "are", columns);
    for (size_t i = 0; i < k && pick->number; i++)
      if (m->picks[i].number == pick->number)
        return wrong(m, err, ": columns says twice what column %zu is", pick->number);
    if (!pick->key) continue;
    if (!pick->name && !pick->number) {
      if (!izh_table_find(table, pick->key))
        return wrong(m, err, ": there is no column \"%s\" to leave out (there are: %s)", pick->key,
                     list_names(table, names));
      continue;
    }
    bool is = false;
    for (size_t i = 0; i < n; i++) is |= strcmp(known[i], pick->key) == 0;
    if (is) continue;
    const char *nearest = izh_nearest(pick->key, known);
    return izh_fail(err, IZH_ARGUMENT, "columns: unknown name \"%s\" (did you mean \"%s\"?)", pick->key,
                    nearest ? nearest : known[0]);
  }
  return IZH_OK;
}

/* --- spikes --- */

/* The k-th item as text. */
static const char *item_text(const izh_array *array, size_t k, char text[32]) {
  if (array->values) {
    snprintf(text, 32, "%.15g", array->values[k * array->columns]);
    return text;
  }
  const char *word = array->words;
  while (k-- > 0) word += strlen(word) + 1;
  return word;
}

/* Different items, as many as there is room for. */
static const char *list_items(const izh_array *array, char text[SHOWN]) {
  size_t used = 0;
  const char *word = array->words, *seen[8];
  size_t n = 0;
  char number[8][32];
  for (size_t k = 0; k < array->rows && n < 8; k++) {
    const char *item = array->values ? item_text(array, k, number[n]) : word;
    if (word) word += strlen(word) + 1;
    bool is_new = true;
    for (size_t i = 0; i < n; i++) is_new &= strcmp(seen[i], item) != 0;
    if (!is_new || used + strlen(item) + 8 > SHOWN) continue;
    used += (size_t)snprintf(text + used, SHOWN - used, "%s%s", n ? ", " : "", item);
    seen[n++] = item;
  }
  return text;
}

static bool has_several(const izh_array *array) {
  const char *word = array->words;
  for (size_t k = 1; k < array->rows; k++) {
    if (array->values && array->values[k * array->columns] != array->values[0]) return true;
    if (!word) continue;
    word += strlen(word) + 1;
    if (strcmp(word, array->words) != 0) return true;
  }
  return false;
}

/* The column of n items by which lines may be of different things; NULL: there is none. */
static const izh_array *find_parts(const izh_table *table, const izh_mapping *m, izh_role role, size_t n) {
  izh_unit unit;
  for (size_t k = 0; k < table->n; k++) {
    const izh_array *array = &table->arrays[k];
    if (array->rows == n && array->dimensions > 0 && array->columns == 1 && !array->refused &&
        !left_out(m, array->name) && izh_name_means(array->name, role, &unit))
      return array;
  }
  return NULL;
}

static izh_status no_population(const izh_mapping *m, izh_err *err) {
  return wrong(m, err, " has no column population, and so the option population has no meaning for it");
}

/* Keeps only the lines of one population in all columns of numbers; how many there are. */
static size_t keep_lines(izh_table *table, const izh_array *population, const char *wanted) {
  size_t n = population->rows, kept = 0;
  const char *word = population->words;
  for (size_t k = 0; k < n; k++) {
    char text[32];
    const char *item = population->values ? item_text(population, k, text) : word;
    if (word) word += strlen(word) + 1;
    if (strcmp(item, wanted) != 0) continue;
    for (size_t i = 0; i < table->n; i++) {
      izh_array *array = &table->arrays[i];
      if (array == population || array->rows != n || !array->values || array->columns != 1) continue;
      array->values[kept] = array->values[k];
    }
    kept++;
  }
  for (size_t i = 0; i < table->n; i++)
    if (&table->arrays[i] != population && table->arrays[i].rows == n && table->arrays[i].values)
      table->arrays[i].rows = kept;
  return kept;
}

static izh_status check_trials(const izh_table *table, const izh_mapping *m, size_t n, izh_err *err) {
  char items[SHOWN];
  const izh_array *trial = find_parts(table, m, IZH_ROLE_TRIAL, n);
  if (!trial || !has_several(trial)) return IZH_OK;
  return wrong(
      m, err,
      " has spikes of several trials (column \"%s\": %s): take them apart with izh.read, or columns = "
      "{ %s = false } takes all",
      trial->name, list_items(trial, items), trial->name);
}

/* Of n lines only those of the population that is meant are kept. */
static izh_status choose_population(izh_table *table, const izh_mapping *m, const char *what, size_t *n,
                                    izh_err *err) {
  char items[SHOWN];
  const izh_array *population = find_parts(table, m, IZH_ROLE_POPULATION, *n);
  if (!population && m->population && !table->has_population) return no_population(m, err);
  if (!population || (!m->population && !has_several(population))) return IZH_OK;
  if (!m->population)
    return wrong(m, err, " has %s of several populations; the option population names one of: %s", what,
                 list_items(population, items));
  size_t kept = keep_lines(table, population, m->population);
  if (kept == 0)
    return wrong(m, err, " has no population \"%s\" (there are: %s)", m->population,
                 list_items(population, items));
  *n = kept;
  return IZH_OK;
}

/* What ids are shifted by to count from 1. */
static double shift_of(const izh_table *table, const izh_mapping *m) {
  return m->has_base ? 1 - m->base : table->has_base ? 1 - table->base : 0;
}

/* Are all its words the same; none are not. */
static bool is_one_word(const izh_array *array) {
  return array->words && array->rows > 0 && !has_several(array);
}

/* Is it the attribute of a dataset, "t@units". */
static bool is_unit_of(const char *name, const char *dataset) {
  size_t length = strlen(dataset);
  return length > 0 && strncmp(name, dataset, length) == 0 && strcmp(name + length, "@units") == 0;
}

/* The unit of times, or delays: that of the option, or of their name, or of words of the file; else ms, which
 * is not said then. */
static izh_status unit_of(const izh_table *table, const izh_mapping *m, izh_role role, found *f,
                          izh_err *err) {
  izh_unit *unit = &f->column.unit;
  if (m->has_unit) *unit = m->unit;
  for (size_t k = 0; k < table->n && !m->has_unit && !f->has_unit; k++) {
    const izh_array *array = &table->arrays[k];
    izh_unit none;
    bool is = is_unit_of(array->name, f->array->name) || izh_name_means(array->name, role, &none);
    if (!array->words || !is || left_out(m, array->name)) continue;
    if (is_one_word(array) && izh_unit_find(array->words, unit)) {
      f->has_unit = true;
      return IZH_OK;
    }
    if (array->dimensions > 0 && strncasecmp(array->name, "unit", 4) == 0) continue; /* what is recorded */
    return wrong(m, err,
                 ": the unit of its %s is \"%.40s\"%s; ms, s, us and ns are understood, and the option unit "
                 "says another",
                 role == IZH_ROLE_UNIT ? "times" : "delays", array->rows ? array->words : "",
                 array->rows > 1 && !is_one_word(array) ? " and others" : "");
  }
  f->has_unit |= m->has_unit;
  return IZH_OK;
}

/* Are the numbers first, first + step … all whole. */
static bool are_whole(const double *first, size_t n, size_t step) {
  for (size_t k = 0; k < n; k++)
    if (first[k * step] != floor(first[k * step])) return false;
  return true;
}

/* Can an array of two dimensions be but one thing, a spike in each row, its time and its neuron: times that
 * are not whole are no ids. Of two rows each may be what a column is. */
static bool is_list_of_spikes(const izh_array *array) {
  size_t n = array->rows;
  const double *x = array->values;
  if (array->columns != 2) return false;
  if (n == 0) return true;
  if (n == 2 && !are_whole(x, 2, 1) && are_whole(x + 2, 2, 1)) return false;
  return !are_whole(x, n, 2) && are_whole(x + 1, n, 2);
}

/* Columns without names: a single one is times; two of one array, times and neurons, as izhlua writes them,
 * where they can be nothing else. */
static izh_status take_pair(const izh_table *table, const izh_mapping *m, found *times, found *senders,
                            izh_err *err) {
  const izh_array *array = table->arrays; /* NULL when the file has none */
  bool lone = table->n == 1 && array->values;
  if (lone && (array->dimensions == 1 || array->columns == 1)) return take(array, m, times, err);
  if (!is_whole(table) || !is_list_of_spikes(array)) return spikes_without_names(table, m, err);
  times->array = senders->array = array;
  times->column = column_of(array, 0);
  senders->column = column_of(array, 1);
  return IZH_OK;
}

/* Two rows of many columns may be the times and the ids of many spikes. */
static izh_status check_rows(const izh_table *table, const izh_mapping *m, izh_err *err) {
  const izh_array *array = table->arrays;
  if (!is_whole(table) || array->rows != 2) return IZH_OK;
  for (size_t number = 3; number <= array->columns; number++)
    if (!is_numbered(m, number))
      return wrong(
          m, err,
          " has 2 rows and %zu columns: if one row has the times and one the ids, save its transpose "
          "(x.T); else columns = { [%zu] = false } leaves column %zu out",
          array->columns, number, number);
  return IZH_OK;
}

/* Is there something beside the times that may be the ids. */
static bool has_others(const izh_table *table, const found *times) {
  for (size_t k = 0; k < table->n; k++) {
    const izh_array *array = &table->arrays[k];
    izh_unit unit;
    bool may = array->dimensions > 0 ? array->rows == times->column.n && array->rows > 0
                                     : array->refused != NULL; /* of which the size is not known */
    if (array != times->array && may && !izh_name_means(array->name, IZH_ROLE_POPULATION, &unit) &&
        !izh_name_means(array->name, IZH_ROLE_TRIAL, &unit))
      return true;
  }
  return false;
}

/* Beside a column of ids "neurons" is the list of all; else it is that column. */
static izh_column list_of_neurons(const izh_table *table, const found *senders, double shift) {
  const izh_array *all = izh_table_find(table, "neurons");
  izh_column column = {.values = NULL};
  if (!all || !all->values || all->dimensions != 1 || all == senders->array) return column;
  column = column_of(all, 0);
  column.shift = shift;
  return column;
}

static izh_status find_all(const izh_table *table, const izh_mapping *m, found *times, found *senders,
                           izh_err *err) {
  izh_status status = find(table, m, IZH_ROLE_TIMES, times, err);
  if (!status) status = find(table, m, IZH_ROLE_SENDERS, senders, err);
  if (!status && !is_named(table) && !times->array && !senders->array)
    status = take_pair(table, m, times, senders, err);
  if (!status && !times->array) status = missing(table, m, IZH_ROLE_TIMES, err);
  if (!status) status = check_rows(table, m, err);
  if (status || senders->array) return status;
  if (!m->one_neuron && has_others(table, times)) return missing(table, m, IZH_ROLE_SENDERS, err);
  return IZH_OK;
}

/* Whole times without a unit beside the rate of samples are perhaps numbers of samples. */
static izh_status check_samples(const izh_table *table, const izh_mapping *m, const found *times,
                                izh_err *err) {
  const izh_column *t = &times->column;
  izh_unit unit;
  if (times->has_unit || t->n == 0 || !are_whole(t->values, t->n, t->stride)) return IZH_OK;
  for (size_t k = 0; k < table->n; k++)
    if (izh_name_means(table->arrays[k].name, IZH_ROLE_SAMPLING, &unit))
      return wrong(m, err,
                   ": its times may be numbers of samples, for it has \"%.60s\", too: unit = 1000 / 30000 "
                   "would be that of 30000 Hz; unit = \"ms\" takes them as ms",
                   table->arrays[k].name);
  return IZH_OK;
}

izh_status izh_spikes_find(izh_table *table, const izh_mapping *m, izh_spikes_in *spikes, izh_err *err) {
  static const izh_role asked[] = {IZH_ROLE_TIMES, IZH_ROLE_SENDERS};
  found times, senders;
  izh_status status = check_picks(table, m, asked, 2, err);
  if (!status) status = find_all(table, m, &times, &senders, err);
  if (status) return status;
  size_t n = times.column.n;
  if (senders.array && senders.column.stride && senders.column.n != n)
    return wrong(m, err, " has %zu times and %zu senders", n, senders.column.n);
  status = check_trials(table, m, n, err);
  if (!status) status = choose_population(table, m, "spikes", &n, err);
  if (!status) status = unit_of(table, m, IZH_ROLE_UNIT, &times, err);
  if (!status) status = check_samples(table, m, &times, err);
  if (status) return status;
  *spikes = (izh_spikes_in){.times = times.column, .senders = senders.column, .has_unit = times.has_unit};
  spikes->times.n = spikes->senders.n = n;
  spikes->senders.shift = shift_of(table, m);
  spikes->neurons = list_of_neurons(table, &senders, spikes->senders.shift);
  const izh_array *window = izh_table_find(table, "window");
  if (window && window->values && window->rows == 2 && window->columns == 1) {
    spikes->window = column_of(window, 0);
    spikes->has_unit = true; /* izhlua wrote it */
  }
  spikes->window.unit = times.column.unit;
  return IZH_OK;
}

izh_status izh_id_check(const izh_column *column, size_t k, const char *what, double most, bool has_base,
                        izh_err *err) {
  double id = izh_column_at(column, k);
  if (id >= 1 && id <= most && id == floor(id)) return IZH_OK;
  return izh_fail(err, IZH_FORMAT, "%s[%zu] must be an id, a whole number 1 … %.10g (got %.10g%s)", what,
                  k + 1, most, id, id == 0 && !has_base ? "; base = 0 says that ids count from 0 here" : "");
}

/* --- edges --- */

static const izh_role edge_roles[] = {IZH_ROLE_PRE, IZH_ROLE_POST, IZH_ROLE_WEIGHT, IZH_ROLE_DELAY,
                                      IZH_ROLE_COUNT_OF};
enum { EDGE_ROLES = sizeof edge_roles / sizeof *edge_roles };

static bool is_overridden(const izh_mapping *m, izh_role role) {
  return m->overrides >> role & 1;
}

/* Numbers 0, 1 … or 1, 2 … */
static bool counts_rows(const izh_array *array) {
  bool counts = array->rows > 0 && (array->values[0] == 0 || array->values[0] == 1);
  for (size_t k = 1; k < array->rows && counts; k++)
    counts = array->values[k] == array->values[0] + (double)k;
  return counts;
}

/* Is it a column of numbers of n edges that might matter. */
static bool might_matter(const izh_array *array, const izh_mapping *m, size_t n,
                         const found all[EDGE_ROLES]) {
  izh_unit unit;
  for (int k = 0; k < EDGE_ROLES; k++)
    if (all[k].array == array) return false;
  if ((!array->values && !array->unread) || array->dimensions == 0 || array->rows != n ||
      left_out(m, array->name))
    return false;
  for (int k = 0; k < EDGE_ROLES; k++)
    if (is_overridden(m, edge_roles[k]) && izh_name_means(array->name, edge_roles[k], &unit)) return false;
  if (is_overridden(m, IZH_ROLE_WEIGHT) && izh_name_means(array->name, IZH_ROLE_COUNT_OF, &unit))
    return false;
  if (!array->name[0]) return !counts_rows(array);
  return !izh_name_means(array->name, IZH_ROLE_ROW_NUMBER, &unit);
}

/* A column without a name that is neither used nor left out. */
static izh_status check_numbered(const izh_mapping *m, size_t number, izh_err *err) {
  if (is_numbered(m, number)) return IZH_OK;
  return wrong(
      m, err,
      ": it is not said what column %zu is: columns = { delay = %zu } would say it, columns = { [%zu] "
      "= false } leaves it out",
      number, number, number);
}

static izh_status check_others(const izh_table *table, const izh_mapping *m, size_t n,
                               const found all[EDGE_ROLES], izh_err *err) {
  static const char *const known[] = {"pre",        "post",  "source", "target", "weight",
                                      "syn_weight", "delay", "nsyns",  NULL};
  izh_status status = IZH_OK;
  for (size_t k = 0; k < count_columns(table) && is_whole(table) && !status; k++)
    status = check_numbered(m, k + 1, err);
  for (size_t k = 0; k < table->n && !status; k++) {
    const izh_array *array = &table->arrays[k];
    if (!might_matter(array, m, n, all) || is_numbered(m, k + 1)) continue;
    if (!array->name[0]) return check_numbered(m, k + 1, err);
    const char *nearest = izh_nearest(array->name, known);
    char hint[48] = "";
    if (nearest) snprintf(hint, sizeof hint, " (did you mean \"%s\"?)", nearest);
    return wrong(m, err,
                 ": the column \"%.60s\" of numbers is not understood%s; columns = { %s = \"%.60s\" } "
                 "would say what it is, "
                 "columns = { [\"%.60s\"] = false } leaves it out",
                 array->name, hint, all[2].array ? "delay" : "weight", array->name, array->name);
  }
  return status;
}

/* SONATA's way to make weights of what is known of neurons; BMTK's "wmax" takes the weight as it is. */
static izh_status check_functions(const izh_table *table, const izh_mapping *m, izh_err *err) {
  const izh_array *functions = NULL;
  izh_unit unit;
  for (size_t k = 0; k < table->n; k++)
    if (table->arrays[k].words && izh_name_means(table->arrays[k].name, IZH_ROLE_FUNCTION, &unit))
      functions = &table->arrays[k];
  if (!functions || left_out(m, functions->name) || is_overridden(m, IZH_ROLE_WEIGHT)) return IZH_OK;
  const char *word = functions->words;
  for (size_t k = 0; k < functions->rows; k++, word += strlen(word) + 1) {
    if (!word[0] || strcmp(word, "wmax") == 0 || izh_number_missing(word, strlen(word))) continue;
    return wrong(m, err,
                 ": its weights are made by the function \"%.60s\", which is not known; columns = { %s = "
                 "false } takes them as they are",
                 word, functions->name);
  }
  return IZH_OK;
}

/* All columns that are known. Those for which options stand are only looked for. */
static izh_status find_edges(const izh_table *table, const izh_mapping *m, found all[EDGE_ROLES],
                             unsigned *overridden, izh_err *err) {
  izh_status status = IZH_OK;
  for (int k = 0; k < EDGE_ROLES; k++) all[k] = (found){.array = NULL};
  for (int k = 0; k < EDGE_ROLES && !status; k++) {
    status = find(table, m, edge_roles[k], &all[k], err);
    if (is_overridden(m, edge_roles[k]) && status) *overridden |= 1u << edge_roles[k], status = IZH_OK;
  }
  bool weighs = !is_overridden(m, IZH_ROLE_WEIGHT);
  for (int k = 0; k < EDGE_ROLES && !status; k++) {
    bool counts = edge_roles[k] == IZH_ROLE_COUNT_OF && !weighs; /* which belong to the weights */
    if (!is_overridden(m, edge_roles[k]) && !counts) continue;
    if (all[k].array && !counts) *overridden |= 1u << edge_roles[k];
    all[k] = (found){.array = NULL};
  }
  return status;
}

static izh_status check_lengths(const izh_mapping *m, size_t n, found all[EDGE_ROLES], izh_err *err) {
  for (int k = 0; k < EDGE_ROLES; k++) {
    if (!all[k].array) continue;
    if (all[k].column.stride && all[k].column.n != n)
      return wrong(m, err, ": as many of %s as of pre are needed (got %zu and %zu)",
                   izh_role_name(edge_roles[k]), all[k].column.n, n);
    all[k].column.n = n;
  }
  return IZH_OK;
}

/* --- ids that count within populations --- */

typedef struct member {
  double id;
  const char *part;
} member;

static int by_id(const void *a, const void *b) {
  double x = ((const member *)a)->id, y = ((const member *)b)->id;
  return (x > y) - (x < y);
}

/* The first id that is of two parts; members are sorted. NULL: none. */
static const member *find_double(const member *members, size_t n) {
  for (size_t k = 1; k < n; k++)
    if (members[k].id == members[k - 1].id && strcmp(members[k].part, members[k - 1].part) != 0)
      return &members[k - 1];
  return NULL;
}

/* Text may say of what population the source and the target of each edge are. If one id is of two, ids count
 * within these. That is what connect calls own, if all sources are of one, and all targets. */
static izh_status check_parts(izh_table *table, const izh_mapping *m, size_t n, const found all[EDGE_ROLES],
                              izh_err *err) {
  const izh_array *part[2] = {find_parts(table, m, IZH_ROLE_PRE_PART, n),
                              find_parts(table, m, IZH_ROLE_POST_PART, n)};
  if (table->own) return IZH_OK; /* its format says so */
  size_t used = 0;
  member *members = NULL;
  for (int side = 0; side < 2; side++) {
    if (!part[side] || !part[side]->words) continue;
    if (!members && !(members = izh_alloc(2 * n, sizeof *members)))
      return izh_fail_memory(err, 2 * n * sizeof *members);
    const char *word = part[side]->words;
    for (size_t k = 0; k < n; k++, word += strlen(word) + 1)
      members[used++] = (member){all[side].column.values[k * all[side].column.stride], word};
  }
  if (used) qsort(members, used, sizeof *members, by_id);
  const member *doubled = find_double(members, used);
  izh_status status = IZH_OK;
  if (doubled && part[0] && part[1] && !has_several(part[0]) && !has_several(part[1])) {
    table->own = true;
    for (int side = 0; side < 2 && !status; side++)
      if (!(table->nodes[side] = izh_strdup(part[side]->words)))
        status = izh_fail_memory(err, strlen(part[side]->words) + 1);
  } else if (doubled) {
    const char *name = part[0] ? part[0]->name : part[1]->name;
    status = wrong(
        m, err,
        ": neuron %.15g is of \"%.40s\" and of \"%.40s\" (column \"%.40s\"): ids count within these, "
        "and it takes a connect for each two of them, with what izh.read gives; columns = { [\"%.40s\"] = "
        "false } takes ids as those of the network",
        doubled[0].id, doubled[0].part, doubled[1].part, name, name);
  }
  izh_free(members);
  return status;
}

izh_status izh_edges_find(izh_table *table, const izh_mapping *m, izh_edges_in *edges, izh_err *err) {
  found all[EDGE_ROLES];
  *edges = (izh_edges_in){.n = 0};
  izh_status status = check_picks(table, m, edge_roles, EDGE_ROLES, err);
  if (!status && !is_named(table) && m->n_picks == 0) status = edges_without_names(table, m, err);
  if (!status) status = find_edges(table, m, all, &edges->overridden, err);
  for (int k = 0; k < 2 && !status; k++)
    if (!all[k].array) status = missing(table, m, edge_roles[k], err);
  if (status) return status;
  size_t n = all[0].column.n;
  if (!table->has_shape) status = check_others(table, m, n, all, err);
  if (!status) status = check_functions(table, m, err);
  if (!status) status = check_lengths(m, n, all, err);
  if (!status) status = check_parts(table, m, n, all, err);
  if (!status) status = choose_population(table, m, "edges", &n, err);
  for (int k = 0; k < EDGE_ROLES; k++) all[k].column.n = n;
  if (!status && all[3].array) status = unit_of(table, m, IZH_ROLE_DELAY_UNIT, &all[3], err);
  edges->n = n;
  edges->pre = all[0].column;
  edges->post = all[1].column;
  edges->weight = all[2].column;
  edges->delay = all[3].column;
  edges->has_unit = all[3].has_unit;
  edges->count = all[4].column;
  edges->pre.shift = edges->post.shift = shift_of(table, m);
  return status;
}
