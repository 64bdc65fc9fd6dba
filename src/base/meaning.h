/* What words of other simulators mean in izhlua. */
#ifndef IZH_BASE_MEANING_H
#define IZH_BASE_MEANING_H

/* A user wrote a word of Brian2, NEST, PyNN, MATLAB or Python where a name of izhlua was expected. Returns
 * the known name (of known[], ended by NULL) that is probably meant; or NULL, with a sentence for the user in
 * *says; or NULL in both when the word has no meaning here. at: the function or type that got the word. what:
 * what the word should have been, "option", "member" … */
const char *izh_meaning(const char *word, const char *at, const char *what, const char *const *known,
                        const char **says);

#endif
