/* SONATA (https://github.com/AllenInstitute/sonata): spikes of both layouts, and edges, each of which has
 * what its group says of it or else its type. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "formats/hdf5/read.h"
#include "formats/input.h"
#include "formats/names.h"
#include "formats/text.h"

/* The population that is meant in the group `kind`; *one is to be closed. */
static izh_status open_population(const izh_h5_reader *r, hid_t all, const char *kind, const char *population,
                                  hid_t *one) {
  izh_h5_member member, first = {.is_set = false};
  char names[300];
  size_t n = 0;
  for (hsize_t k = 0; izh_h5_next(r, all, k, &member); k++)
    if (member.is_group && n++ == 0) first = member;
  izh_h5_names(r, all, names, sizeof names);
  if (n == 0) return izh_h5_wrong(r, "its group \"%s\" has no population", kind);
  if (population && !izh_h5_has(r, all, population))
    return izh_h5_wrong(r, "there is no population \"%s\" (there are: %s)", population, names);
  if (!population && n != 1)
    return izh_h5_wrong(r, "it has %zu populations; the option population names one of: %s", n, names);
  const char *name = population ? population : first.name;
  *one = izh_h5_group(r, all, name);
  r->table->has_population = population != NULL;
  return *one >= 0 ? IZH_OK : izh_h5_wrong(r, "%s/%s is not a group", kind, name);
}

/* --- spikes --- */

static izh_status add_unit(izh_h5_reader *r, hid_t one) {
  char unit[64];
  izh_h5_text_of(r, one, "timestamps", "units", unit, sizeof unit);
  if (!unit[0]) izh_h5_text_of(r, one, "timestamps", "unit", unit, sizeof unit);
  if (!unit[0]) return IZH_OK;
  izh_array array = {.rows = 1, .columns = 1, .words = izh_strdup(unit)};
  return array.words ? izh_table_add(r->table, "units", array, r->err) : izh_fail_memory(r->err, sizeof unit);
}

/* What we write, which SONATA has no place for. */
static izh_status add_ours(izh_h5_reader *r) {
  hid_t ours = izh_h5_group(r, r->file, "izhlua");
  if (ours < 0) return IZH_OK;
  izh_status status = izh_h5_add(r, ours, "neurons", "neurons");
  if (!status) status = izh_h5_add(r, ours, "window", "window");
  izh_h5_group_end(ours);
  return status;
}

/* The ids were called gids once. */
static izh_status add_spikes(izh_h5_reader *r, hid_t one) {
  bool old = !izh_h5_has(r, one, "node_ids") && izh_h5_has(r, one, "gids");
  izh_status status = izh_h5_add(r, one, "timestamps", "times");
  if (!status) status = izh_h5_add(r, one, old ? "gids" : "node_ids", "senders");
  if (!status) status = add_unit(r, one);
  return status ? status : add_ours(r);
}

/* Once there were no populations: the spikes are in the group itself. */
izh_status izh_h5_sonata_spikes(izh_h5_reader *r, const char *population) {
  hid_t all = izh_h5_group(r, r->file, "spikes"), one = -1;
  if (all < 0) return izh_h5_wrong(r, "there are no SONATA spikes in it");
  izh_status status = IZH_OK;
  bool old = izh_h5_has(r, all, "timestamps");
  if (!old) status = open_population(r, all, "spikes", population, &one);
  if (!status) status = add_spikes(r, old ? all : one);
  r->table->has_base = true;
  izh_h5_group_end(one);
  izh_h5_group_end(all);
  return status;
}

/* --- edges --- */

typedef struct edges {
  izh_h5_reader *r;
  hid_t one; /* the population */
  size_t n;
  izh_array group, index, type; /* [n] of each edge; no values: there are none */
} edges;

/* What says where a point neuron of many compartments is touched cannot matter here. */
static bool is_morphology(const char *name) {
  static const char *const begins[] = {
      "afferent_",       "efferent_",       "sec_",     "section_", "seg_", "syn_loc",
      "target_sections", "source_sections", "distance", NULL};
  for (const char *const *one = begins; *one; one++)
    if (strncmp(name, *one, strlen(*one)) == 0) return true;
  return false;
}

/* What SONATA has for itself in the table of edges or of their types. */
static bool is_reserved(const char *name) {
  static const char *const own[] = {"source_node_id",
                                    "target_node_id",
                                    "edge_type_id",
                                    "edge_group_id",
                                    "edge_group_index",
                                    "edge_id",
                                    NULL};
  for (const char *const *one = own; *one; one++)
    if (strcmp(name, *one) == 0) return true;
  return false;
}

/* The column of the table with this name, new ones without values (NaN); NULL: out of memory. */
static izh_array *column_of(edges *e, const char *name) {
  izh_table *table = e->r->table;
  izh_array *found = (izh_array *)(uintptr_t)izh_table_find(table, name);
  if (found) return found;
  izh_array made = {.dimensions = 1, .rows = e->n, .columns = 1, .values = izh_alloc(e->n, sizeof(double))};
  for (size_t k = 0; k < e->n && made.values; k++) made.values[k] = NAN;
  if (!made.values || izh_table_add(table, name, made, e->r->err)) return NULL;
  return &table->arrays[table->n - 1];
}

/* The numbers of a group, for those of its edges; all: it has all edges, one after the other. */
static izh_status spread(edges *e, const izh_array *values, const char *name, double group, bool all) {
  izh_array *column = column_of(e, name);
  if (!column) return izh_fail_memory(e->r->err, e->n * sizeof(double));
  for (size_t k = 0; k < e->n; k++) {
    if (!all && e->group.values && e->group.values[k] != group) continue;
    double at = !all && e->index.values ? e->index.values[k] : (double)k;
    if (!(at >= 0 && at < (double)values->rows && at == floor(at)))
      return izh_h5_wrong(e->r, "edge_group_index[%zu] is %.10g, and %s of group %.10g has %zu numbers", k,
                          at, name, group, values->rows);
    column->values[k] = values->values[(size_t)at];
  }
  return IZH_OK;
}

/* Is it asked for, and so must be readable. */
static bool is_asked(const char *name) {
  izh_unit unit;
  return izh_name_means(name, IZH_ROLE_WEIGHT, &unit) || izh_name_means(name, IZH_ROLE_DELAY, &unit) ||
         izh_name_means(name, IZH_ROLE_COUNT_OF, &unit);
}

/* A member of a group: numbers, or what is asked for and cannot be read. */
static izh_status add_member(edges *e, hid_t in, const char *member, const char *name, double group,
                             bool all) {
  izh_array values;
  izh_status status = izh_h5_list(e->r, in, member, &values);
  if (status == IZH_FORMAT && !is_asked(name)) return IZH_OK; /* words, or of many dimensions */
  if (status) return status;
  if (all && values.rows != e->n)
    status = izh_h5_wrong(e->r, "%s has %zu numbers for %zu edges", name, values.rows, e->n);
  if (!status) status = spread(e, &values, name, group, all);
  izh_free(values.values);
  return status;
}

/* All members of a group; `inside` is put before their names. */
static izh_status add_members(edges *e, hid_t in, const char *inside, double group, bool all) {
  izh_h5_member member;
  izh_status status = IZH_OK;
  for (hsize_t k = 0; !status && izh_h5_next(e->r, in, k, &member); k++) {
    char name[2 * IZH_H5_NAME];
    snprintf(name, sizeof name, "%s%s", inside, member.name);
    if (member.is_set && !is_reserved(name) && !is_morphology(name))
      status = add_member(e, in, member.name, name, group, all);
    if (!member.is_group || all || inside[0] || strcmp(name, "dynamics_params") != 0) continue;
    hid_t more = izh_h5_group(e->r, in, name);
    status = add_members(e, more, "dynamics_params/", group, all);
    izh_h5_group_end(more);
  }
  return status;
}

static bool is_whole(const char *name) {
  size_t digits = strspn(name, "0123456789");
  return digits > 0 && digits < 16 && !name[digits];
}

/* Beside the groups of edges there are tables by which to find them. */
static bool is_index(const char *name) {
  return strcmp(name, "indicies") == 0 || strcmp(name, "indices") == 0;
}

/* Do all edges have the same group. */
static bool one_group(const edges *e) {
  for (size_t k = 1; k < e->group.rows && e->group.values; k++)
    if (e->group.values[k] != e->group.values[0]) return false;
  return true;
}

static izh_status add_group(edges *e, const char *name, double group) {
  hid_t in = izh_h5_group(e->r, e->one, name);
  izh_status status =
      in < 0 ? izh_h5_wrong(e->r, "%s cannot be opened", name) : add_members(e, in, "", group, false);
  izh_h5_group_end(in);
  return status;
}

/* A group is called as edge_group_id says, or anything if it is the only one. */
static izh_status add_groups(edges *e) {
  izh_h5_member member, last = {.is_set = false};
  size_t groups = 0, numbered = 0;
  izh_status status = IZH_OK;
  for (hsize_t k = 0; izh_h5_next(e->r, e->one, k, &member); k++) {
    if (!member.is_group || is_index(member.name)) continue;
    groups++;
    numbered += is_whole(member.name);
    last = member;
  }
  if (groups > 1 && !e->group.values)
    return izh_h5_wrong(e->r, "its edges are in %zu groups, and no edge_group_id says which", groups);
  if (groups == 1 && one_group(e)) return add_group(e, last.name, e->group.rows ? e->group.values[0] : 0);
  for (hsize_t k = 0; !status && numbered > 0 && izh_h5_next(e->r, e->one, k, &member); k++)
    if (member.is_group && is_whole(member.name))
      status = add_group(e, member.name, strtod(member.name, NULL));
  return status;
}

/* --- the types of edges, in a .csv beside the file --- */

/* The path of a file beside it, whose name ends otherwise; NULL: out of memory. */
static char *beside(const char *path, size_t length, const char *ending) {
  char *text = izh_alloc(length + strlen(ending) + 1, 1);
  if (!text) return NULL;
  memcpy(text, path, length);
  snprintf(text + length, strlen(ending) + 1, "%s", ending);
  return text;
}

/* x_edges.h5 has its types in x_edge_types.csv, x.h5 in x_edge_types.csv, x_types.csv or x.csv. */
static izh_status find_types(const izh_h5_reader *r, char **path) {
  static const char *const endings[] = {"_edge_types.csv", "_types.csv", ".csv"};
  const char *dot = strrchr(r->path, '.'), *slash = strrchr(r->path, '/');
  size_t length = dot && (!slash || dot > slash) ? (size_t)(dot - r->path) : strlen(r->path);
  bool ends = length >= 5 && strncmp(r->path + length - 5, "edges", 5) == 0;
  for (int k = ends ? -1 : 0; k < 3; k++) {
    *path = k < 0 ? beside(r->path, length - 5, "edge_types.csv") : beside(r->path, length, endings[k]);
    if (!*path) return izh_fail_memory(r->err, length);
    if (izh_input_exists(*path)) return IZH_OK;
    izh_free(*path);
  }
  *path = NULL;
  return IZH_OK;
}

static bool has_numbers(const izh_array *array) {
  for (size_t k = 0; k < array->rows; k++)
    if (!isnan(array->values[k])) return true;
  return false;
}

/* Where edges have no number of their own, that of their type. */
static izh_status fill_from(edges *e, const izh_array *ids, const izh_array *of_type) {
  if (!has_numbers(of_type)) return IZH_OK;
  izh_array *column = column_of(e, of_type->name);
  if (!column) return izh_fail_memory(e->r->err, e->n * sizeof(double));
  size_t t = 0; /* edges of a type are side by side mostly */
  for (size_t k = 0; k < e->n && column->values; k++) {
    if (!isnan(column->values[k])) continue;
    for (size_t tried = 0; tried < ids->rows && ids->values[t] != e->type.values[k]; tried++)
      t = (t + 1) % ids->rows;
    if (ids->rows > 0 && ids->values[t] == e->type.values[k]) column->values[k] = of_type->values[t];
  }
  return IZH_OK;
}

/* How weights are made of what else is known of neurons: the words are judged where edges are looked for. */
static izh_status add_functions(edges *e, izh_array *words) {
  izh_array taken = *words;
  words->words = NULL;
  taken.name = NULL;
  return izh_table_add(e->r->table, words->name, taken, e->r->err);
}

static izh_status take_types(edges *e, const char *path, izh_table *types) {
  const izh_array *ids = izh_table_find(types, "edge_type_id");
  if (!ids) return IZH_OK; /* it is about something else */
  if (!ids->values)
    return izh_fail(e->r->err, IZH_FORMAT, "\"%s\" has words in its column edge_type_id", path);
  izh_status status = IZH_OK;
  izh_unit unit;
  for (size_t k = 0; k < types->n && !status; k++) {
    izh_array *column = &types->arrays[k];
    if (is_reserved(column->name) || is_morphology(column->name) || !column->name[0]) continue;
    if (column->refused && is_asked(column->name))
      return izh_fail(e->r->err, IZH_FORMAT, "%s", column->refused);
    if (column->values) status = fill_from(e, ids, column);
    if (column->words && izh_name_means(column->name, IZH_ROLE_FUNCTION, &unit))
      status = add_functions(e, column);
  }
  return status;
}

static izh_status add_types(edges *e) {
  char *path;
  if (!e->type.values) return IZH_OK;
  izh_status status = find_types(e->r, &path);
  if (status || !path) return status;
  izh_table types;
  status = izh_text_load(path, ' ', true, &types, e->r->err);
  if (status == IZH_FORMAT && !strstr(path, "types.csv")) status = IZH_OK; /* it is about something else */
  if (!status) status = take_types(e, path, &types);
  izh_table_free(&types);
  izh_free(path);
  return status;
}

/* --- all of it --- */

/* A column that is SONATA's own, if it is there, of n numbers. */
static izh_status own_column(edges *e, const char *name, izh_array *array) {
  *array = (izh_array){.values = NULL};
  if (!izh_h5_has(e->r, e->one, name)) return IZH_OK;
  izh_status status = izh_h5_list(e->r, e->one, name, array);
  if (!status && array->rows != e->n)
    status = izh_h5_wrong(e->r, "%s has %zu numbers for %zu edges", name, array->rows, e->n);
  return status;
}

/* Two names of nodes in the usual name of edges, "lgn_to_v1", unless it is the same twice. */
static void split_name(hid_t one, char names[2][IZH_H5_NAME]) {
  static const char to[] = "_to_";
  char path[IZH_H5_NAME] = "";
  H5Iget_name(one, path, sizeof path);
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *at = strstr(name, to);
  if (!at) return;
  snprintf(names[0], IZH_H5_NAME, "%.*s", (int)(at - name), name);
  snprintf(names[1], IZH_H5_NAME, "%s", at + strlen(to));
  if (strcmp(names[0], names[1]) == 0) names[0][0] = '\0';
}

/* Which nodes the ids are of. In the files that we write they are those of the whole network. */
static izh_status find_nodes(edges *e) {
  izh_table *table = e->r->table;
  char names[2][IZH_H5_NAME];
  izh_h5_text_of(e->r, e->one, "source_node_id", "node_population", names[0], IZH_H5_NAME);
  izh_h5_text_of(e->r, e->one, "target_node_id", "node_population", names[1], IZH_H5_NAME);
  if (!names[0][0] || !names[1][0]) split_name(e->one, names);
  hid_t nodes = izh_h5_group(e->r, e->r->file, "nodes"),
        network = nodes < 0 ? -1 : izh_h5_group(e->r, nodes, "network"),
        group = network < 0 ? -1 : izh_h5_group(e->r, network, "0");
  bool ours = group >= 0 && izh_h5_has(e->r, group, "population") && strcmp(names[0], "network") == 0;
  izh_h5_group_end(group);
  izh_h5_group_end(network);
  izh_h5_group_end(nodes);
  table->has_base = true;
  table->own = !ours;
  for (int side = 0; side < 2 && names[0][0] && names[1][0]; side++)
    if (!(table->nodes[side] = izh_strdup(names[side]))) return izh_fail_memory(e->r->err, IZH_H5_NAME);
  return IZH_OK;
}

/* An edge of which nothing is said is one synapse. */
static void fill_counts(const izh_table *table) {
  izh_unit unit;
  for (size_t c = 0; c < table->n; c++) {
    const izh_array *array = &table->arrays[c];
    if (!array->values || !izh_name_means(array->name, IZH_ROLE_COUNT_OF, &unit)) continue;
    for (size_t k = 0; k < array->rows; k++)
      if (isnan(array->values[k])) array->values[k] = 1;
  }
}

static izh_status read_edges(edges *e) {
  izh_h5_reader *r = e->r;
  izh_status status = izh_h5_add(r, e->one, "source_node_id", "source_node_id");
  if (!status) status = izh_h5_add(r, e->one, "target_node_id", "target_node_id");
  if (!status) e->n = r->table->arrays[0].rows;
  if (!status) status = find_nodes(e);
  if (!status) status = own_column(e, "edge_group_id", &e->group);
  if (!status) status = own_column(e, "edge_group_index", &e->index);
  if (!status) status = own_column(e, "edge_type_id", &e->type);
  if (!status) status = add_members(e, e->one, "", 0, true);
  if (!status) status = add_groups(e);
  if (!status) status = add_types(e);
  fill_counts(r->table);
  return status;
}

izh_status izh_h5_sonata_edges(izh_h5_reader *r, const char *population) {
  edges e = {.r = r, .one = -1};
  hid_t all = izh_h5_group(r, r->file, "edges");
  izh_status status = all < 0 ? izh_h5_wrong(r, "there are no SONATA edges in it")
                              : open_population(r, all, "edges", population, &e.one);
  if (!status) status = read_edges(&e);
  izh_free(e.group.values);
  izh_free(e.index.values);
  izh_free(e.type.values);
  izh_h5_group_end(e.one);
  izh_h5_group_end(all);
  return status;
}
