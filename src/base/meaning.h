/* What the words of other simulators mean here. */
#ifndef IZH_BASE_MEANING_H
#define IZH_BASE_MEANING_H

/* What somebody meant who wrote a word of Brian2, NEST, PyNN, MATLAB or Python where a name of ours was
 * wanted: one of known (ended by NULL), or else a sentence in *says; NULL in both when the word says nothing.
 * `at` is the function or type that the word was given to, `what` it was to be: "option", "member" … */
const char *izh_meaning(const char *word, const char *at, const char *what, const char *const *known,
                        const char **says);

#endif
