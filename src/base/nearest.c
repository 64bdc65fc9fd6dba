#include "base/nearest.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 63 };

static int least(int a, int b) {
  return a < b ? a : b;
}

/* Optimal string alignment distance, upper and lower case alike. */
static int distance(const char *a, int n, const char *b, int m) {
  int row[3][LONGEST + 1]; /* the last three rows of the table */
  for (int j = 0; j <= m; j++) row[0][j] = j;
  for (int i = 1; i <= n; i++) {
    int *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
    now[0] = i;
    for (int j = 1; j <= m; j++) {
      int x = tolower((unsigned char)a[i - 1]), y = tolower((unsigned char)b[j - 1]);
      now[j] = least(least(now[j - 1], before[j]) + 1, before[j - 1] + (x != y));
      if (i > 1 && j > 1 && x == tolower((unsigned char)b[j - 2]) && y == tolower((unsigned char)a[i - 2]))
        now[j] = least(now[j], earlier[j - 2] + 1);
    }
  }
  return row[n % 3][m];
}

const char *izh_nearest(const char *word, const char *const *known) {
  size_t length = strlen(word);
  if (length > LONGEST) return NULL;
  const char *best = NULL;
  /* The distance must be below this. Short words allow fewer changes: with half of its letters changed, a
   * word is another word. */
  int best_distance = length < 2 ? 1 : length < 5 ? 2 : length < 8 ? 3 : 4;
  for (; *known; known++) {
    size_t other = strlen(*known);
    if (other > LONGEST) continue;
    int d = distance(word, (int)length, *known, (int)other);
    if (d >= best_distance || d >= (int)other) continue;
    best = *known;
    best_distance = d;
  }
  return best;
}
