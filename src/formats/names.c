#include "formats/names.h"

#include <string.h>

/* A name is taken apart into words, in lower case: "Neuron_ID", "neuronId", "neuron id" are neuron, id. */
enum { MOST_WORDS = 8, LONGEST = 64 };
typedef struct words {
  char text[LONGEST];
  int n;
  const char *word[MOST_WORDS];
} words;

static bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* No words when the name is too long to be one that is known. */
static void take_apart(words *w, const char *name, size_t length) {
  size_t used = 0;
  w->n = 0;
  for (size_t i = 0; i < length; i++) {
    char c = name[i];
    if (!is_letter(c)) continue;
    bool begins =
        i == 0 || !is_letter(name[i - 1]) || (is_upper(c) && name[i - 1] >= 'a' && name[i - 1] <= 'z');
    if (used + 3 > LONGEST || (begins && w->n == MOST_WORDS)) {
      w->n = 0;
      return;
    }
    if (begins && used > 0) w->text[used++] = '\0';
    if (begins) w->word[w->n++] = w->text + used;
    w->text[used++] = is_upper(c) ? (char)(c - 'A' + 'a') : c;
  }
  w->text[used] = '\0';
}

/* Is a word in a list, each word of which has a space before and behind it. */
static bool is_in(const char *word, const char *list) {
  size_t length = strlen(word);
  for (const char *at = list; length > 0 && (at = strstr(at, word)); at++)
    if (at > list && at[-1] == ' ' && at[length] == ' ') return true;
  return false;
}

static const struct {
  const char *words;
  izh_unit unit;
} units[] = {
    {" ms msec msecs millis millisec millisecs millisecond milliseconds ", {1, 1}},
    {" s sec secs second seconds ", {1000, 1}},
    {" us usec usecs \xC2\xB5s \xCE\xBCs microsec microsecs microsecond microseconds ", {1, 1000}},
    {" ns nsec nsecs nanosec nanosecond nanoseconds ", {1, 1000000}},
};

static bool find_unit(const char *word, izh_unit *unit) {
  for (size_t k = 0; k < sizeof units / sizeof *units; k++)
    if (is_in(word, units[k].words)) {
      *unit = units[k].unit;
      return true;
    }
  return false;
}

bool izh_unit_find(const char *word, izh_unit *unit) {
  words w;
  take_apart(&w, word, strlen(word));
  return w.n == 1 && find_unit(w.word[0], unit);
}

/* Takes the unit off the end: "time in s", "time_s". */
static bool take_unit(words *w, izh_unit *unit) {
  *unit = (izh_unit){1, 1};
  if (w->n < 2 || !find_unit(w->word[w->n - 1], unit)) return false;
  w->n--;
  if (w->n > 1 && strcmp(w->word[w->n - 1], "in") == 0) w->n--;
  return true;
}

static void drop_first(words *w) {
  memmove(w->word, w->word + 1, (size_t)(w->n - 1) * sizeof *w->word);
  w->n--;
}

/* What is said of ids around the word that matters: "source_node_id", "neuron idx", "id_pre". */
static void take_ids(words *w) {
  static const char before[] = " id idx index gid neuron node cell body root ";
  static const char behind[] =
      " id ids idx idxs index indices indexes gid gids nid nids number numbers num nr no "
      "node nodes neuron neurons cell cells unit units body root ";
  while (w->n > 1 && is_in(w->word[w->n - 1], behind)) w->n--;
  while (w->n > 1 && is_in(w->word[0], before)) drop_first(w);
}

/* The words as one, without the s of a plural. */
static void join(const words *w, char text[LONGEST]) {
  size_t used = 0;
  for (int k = 0; k < w->n; k++) {
    size_t length = strlen(w->word[k]);
    memcpy(text + used, w->word[k], length);
    used += length;
  }
  if (used > 1 && text[used - 1] == 's') used--;
  text[used] = '\0';
}

static const char parts[] =
    " population pop populationname popname group layer region area type celltype class ";

/* The names of each, joined and in the singular. */
static const struct {
  const char *name, *examples, *known;
  bool time, id;
  izh_role side; /* the first word is one of this; 0: there is no such word */
} roles[IZH_ROLES] = {
    [IZH_ROLE_TIMES] =
        {.name = "times",
         .examples = "t, time, times, timestamps, spike_times",
         .known =
             " t time timestamp spiketime spiket tspike spiketimestamp spktime spkt eventtime firingtime ",
         .time = true},
    [IZH_ROLE_SENDERS] =
        {.name = "senders",
         .examples = "i, id, ids, idx, index, gid, sender, node_id, neuron, neuron_id, unit, cell",
         .known =
             " i id idx idxe index indice indexe gid nid sender source node neuron unit cell spikesender "
             "spikesource cluster spikecluster ",
         .id = true},
    [IZH_ROLE_UNIT] = {.name = "unit",
                       .examples = "unit",
                       .known = " unit timeunit timesunit tunit timestampunit spiketimeunit unitoftime "},
    [IZH_ROLE_DELAY_UNIT] = {.name = "delay_unit",
                             .examples = "delay_unit",
                             .known = " delayunit delaysunit unitofdelay "},
    [IZH_ROLE_POPULATION] = {.name = "population",
                             .examples = "population",
                             .known = " population pop populationname popname "},
    [IZH_ROLE_TRIAL] =
        {.name = "trial",
         .examples = "trial",
         .known = " trial trialid trialnumber trialno trialindex repeat repetition rep run epoch sweep "
                  "session segment "},
    [IZH_ROLE_PRE] = {.name = "pre",
                      .examples = "pre, source, i, source_node_id",
                      .known = " pre presyn presynaptic source src sender from i ",
                      .id = true},
    [IZH_ROLE_POST] = {.name = "post",
                       .examples = "post, target, j, target_node_id",
                       .known = " post postsyn postsynaptic target tgt dst dest destination receiver to j ",
                       .id = true},
    [IZH_ROLE_WEIGHT] =
        {.name = "weight",
         .examples = "weight, w, syn_weight",
         .known = " weight w synweight synapticweight synapseweight connectionweight strength synstrength "
                  "synapticstrength efficacy synapticefficacy "},
    [IZH_ROLE_DELAY] =
        {.name = "delay",
         .examples = "delay, d, delay_ms",
         .known =
             " delay d syndelay synapticdelay synapsedelay conductiondelay axonaldelay transmissiondelay "
             "connectiondelay latency ",
         .time = true},
    [IZH_ROLE_COUNT_OF] = {.name = "nsyns", .examples = "nsyns", .known = " nsyn "},
    [IZH_ROLE_FUNCTION] = {.name = "weight_function",
                           .examples = "weight_function",
                           .known = " weightfunction "},
    [IZH_ROLE_ROW_NUMBER] =
        {.name = "row number",
         .examples = "",
         .known = " row rownumber edgeid edgeindex synapseid synapseindex unnamed unnamed0 index "
                  "connectionid "},
    [IZH_ROLE_SAMPLING] =
        {.name = "sampling rate",
         .examples = "",
         .known = " samplingrate samplerate samplingfrequency samplefrequency samplingfreq samplefreq "
                  "samplingratehz sampleratehz samplingfrequencyhz f fshz sfreq "},
    [IZH_ROLE_PRE_PART] = {.name = "pre_population", .examples = "", .known = parts, .side = IZH_ROLE_PRE},
    [IZH_ROLE_POST_PART] = {.name = "post_population", .examples = "", .known = parts, .side = IZH_ROLE_POST},
};

static bool means(const char *name, size_t length, izh_role role, izh_unit *unit) {
  words w;
  take_apart(&w, name, length);
  bool has_unit = take_unit(&w, unit);
  if (has_unit && !roles[role].time) return false;
  if (roles[role].id) take_ids(&w);
  izh_role side = roles[role].side;
  if (side && (w.n < 2 || !is_in(w.word[0], roles[side].known))) return false;
  if (side) drop_first(&w);
  char text[LONGEST];
  join(&w, text);
  return is_in(text, roles[role].known);
}

bool izh_name_means(const char *name, izh_role role, izh_unit *unit) {
  return means(name, strlen(name), role, unit);
}

bool izh_name_unit(const char *name, izh_unit *unit) {
  words w;
  take_apart(&w, name, strlen(name));
  return take_unit(&w, unit);
}

static const unsigned of_words = 1u << IZH_ROLE_UNIT | 1u << IZH_ROLE_DELAY_UNIT | 1u << IZH_ROLE_POPULATION |
                                 1u << IZH_ROLE_TRIAL | 1u << IZH_ROLE_FUNCTION | 1u << IZH_ROLE_PRE_PART |
                                 1u << IZH_ROLE_POST_PART;

static bool known(const char *name, size_t length, izh_role *role) {
  static const unsigned none = 1u << IZH_ROLE_ROW_NUMBER | 1u << IZH_ROLE_SAMPLING | 1u << IZH_ROLE_UNIT |
                               1u << IZH_ROLE_DELAY_UNIT | 1u << IZH_ROLE_FUNCTION | 1u << IZH_ROLE_PRE_PART |
                               1u << IZH_ROLE_POST_PART;
  izh_unit unit;
  for (*role = 0; *role < IZH_ROLES; ++*role)
    if (!(none >> *role & 1) && means(name, length, *role, &unit)) return true;
  return false;
}

bool izh_name_of_words(const char *name) {
  izh_unit unit;
  for (izh_role role = 0; role < IZH_ROLES; role++)
    if (of_words >> role & 1 && means(name, strlen(name), role, &unit)) return true;
  return false;
}

bool izh_name_known(const char *name) {
  izh_role role;
  return known(name, strlen(name), &role);
}

int izh_names_in(const char *text) {
  unsigned found = 0;
  for (const char *at = text; *at;) {
    size_t length = 0;
    while (is_letter(at[length]) || at[length] == '_') length++;
    izh_role role;
    if (length > 2 && known(at, length, &role)) found |= 1u << role;
    at += length ? length : 1;
  }
  return __builtin_popcount(found);
}

const char *izh_role_name(izh_role role) {
  return roles[role].name;
}

const char *izh_role_examples(izh_role role) {
  return roles[role].examples;
}
