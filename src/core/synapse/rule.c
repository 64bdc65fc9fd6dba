#include "core/synapse/rule.h"

#include <stddef.h>

#include "core/synapse/rule_code.h"

#define DECLARE(NAME, name) extern const izh_rule_code izh_rule_##name;
IZH_RULES(DECLARE)

const izh_rule_code *izh_rule_code_of(izh_rule_kind kind) {
#define ENTRY(NAME, name) &izh_rule_##name,
  static const izh_rule_code *const rules[IZH_RULE_COUNT] = {IZH_RULES(ENTRY)};
  return rules[kind];
}

const izh_rule_info *izh_rule_describe(izh_rule_kind kind) {
  return &izh_rule_code_of(kind)->info;
}

const char *izh_rule_name(izh_rule_kind kind) {
  return izh_rule_describe(kind)->name;
}

void izh_rule_set(izh_rule *rule, int quantity, double value) {
  if (izh_rule_describe(rule->kind)->quantities[quantity].whole)
    rule->n = (uint64_t)value;
  else
    rule->p = value;
}

izh_status izh_rule_check(const izh_rule *rule, izh_err *err) {
  const izh_rule_info *info = izh_rule_describe(rule->kind);
  for (int q = 0; q < info->n; q++) {
    izh_err fault;
    const izh_quantity *quantity = &info->quantities[q];
    if (!quantity->whole && izh_quantity_check(quantity, rule->p, &fault))
      return izh_fail(err, fault.status, "%s: %s", info->name, fault.message);
  }
  return IZH_OK;
}

double izh_rule_estimate(const izh_rule *rule, const izh_ids *pre, const izh_ids *post) {
  return izh_rule_code_of(rule->kind)->estimate(rule, pre->size, post->size);
}
