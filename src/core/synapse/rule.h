/* Rules: who is connected to whom. Names and meanings are NEST's.
 *
 * A rule is a file in core/synapse/rule and a line here. */
#ifndef IZH_CORE_RULE_H
#define IZH_CORE_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/quantity.h"
#include "base/status.h"
#include "core/net/ids.h"

/* State files store the position in this list: new rules are added at the end. */
#define IZH_RULES(X)                                                                                         \
  X(ALL_TO_ALL, all_to_all)                                                                                  \
  X(ONE_TO_ONE, one_to_one)                                                                                  \
  X(PAIRWISE_BERNOULLI, pairwise_bernoulli)                                                                  \
  X(FIXED_INDEGREE, fixed_indegree)                                                                          \
  X(FIXED_OUTDEGREE, fixed_outdegree)                                                                        \
  X(FIXED_TOTAL_NUMBER, fixed_total_number)                                                                  \
  X(PAIRS, pairs)                                                                                            \
  X(MATRIX, matrix)

#define IZH_RULE_MEMBER(NAME, name) IZH_RULE_##NAME,
typedef enum izh_rule_kind { IZH_RULES(IZH_RULE_MEMBER) IZH_RULE_COUNT } izh_rule_kind;

typedef struct izh_rule {
  izh_rule_kind kind;
  double p;   /* the quantity of a rule, if it is not a whole number */
  uint64_t n; /* the quantity of a rule, if it is a whole number; the number of pairs */
  /* [last - first + 1] n of each source or target, see izh_rule_info, counted from the least index; then n is
   * the greatest, and total the sum over all. NULL: n is for all */
  const uint32_t *each;
  uint64_t total;
  const uint32_t *pairs; /* [2 n] pre, post, pre, post, … global indices, for a rule that takes pairs */
  bool autapses;         /* whether a neuron may connect to itself */
  bool multapses;        /* whether a pair may have several synapses, if the rule can make them */
} izh_rule;

typedef struct izh_rule_info {
  const char *name; /* "all_to_all" … */
  const char *help;
  const izh_quantity *quantities; /* [n] */
  int n;
  bool pairs;     /* it takes pairs */
  bool matrix;    /* the pairs are the entries of a matrix */
  bool multapses; /* it can make several synapses for one pair */
  /* p may be a function of the pair: then the caller chooses the pairs, and makes them by the rule `pairs` */
  bool by_pair;
  bool by_row; /* the targets of a source can be found without those of the others: see `unstored` */
  enum { IZH_EACH_NONE, IZH_EACH_SOURCE, IZH_EACH_TARGET } each_of; /* whose n may differ */
} izh_rule_info;

const izh_rule_info *izh_rule_describe(izh_rule_kind kind);
const char *izh_rule_name(izh_rule_kind kind);

void izh_rule_set(izh_rule *rule, int quantity, double value);

/* IZH_RANGE when p is out of its range. izh_wiring_make checks n, since it knows the candidates. */
izh_status izh_rule_check(const izh_rule *rule, izh_err *err);

/* How many synapses a rule makes, at most; for pairwise_bernoulli the mean plus six standard deviations. */
double izh_rule_estimate(const izh_rule *rule, const izh_ids *pre, const izh_ids *post);

#endif
