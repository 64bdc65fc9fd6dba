#include "formats/number.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* snprintf and strtod take the decimal point of the locale. */
static void to_point(char *text) {
  const char *point = localeconv()->decimal_point;
  size_t length = strlen(point);
  char *at = strcmp(point, ".") == 0 ? NULL : strstr(text, point);
  if (!at) return;
  *at = '.';
  memmove(at + 1, at + length, strlen(at + length) + 1);
}

/* Digits of a whole number. */
static int write_whole(char *text, uint64_t number) {
  char digits[24];
  int n = 0;
  do digits[n++] = (char)('0' + number % 10);
  while (number /= 10);
  for (int i = 0; i < n; i++) text[i] = digits[n - 1 - i];
  return n;
}

/* Times and ids are whole multiples of 10^-6 mostly: whole / 10^6 is then the double nearest to these
 * decimals, which is what reading them gives. Tried first since it is much faster than 17 digits, and looks
 * better. */
static int write_decimal(char *text, double number) {
  static const double scale = 1e6, most = 1e9;
  if (!(fabs(number) < most) || (number == 0 && signbit(number))) return 0;
  double millionths = round(fabs(number) * scale);
  if (millionths / scale != fabs(number)) return 0;
  uint64_t all = (uint64_t)millionths, rest = all % 1000000;
  int n = 0;
  if (number < 0) text[n++] = '-';
  n += write_whole(text + n, all / 1000000);
  if (rest == 0) return n;
  text[n++] = '.';
  for (uint64_t unit = 100000; rest > 0; unit /= 10) {
    text[n++] = (char)('0' + rest / unit);
    rest %= unit;
  }
  return n;
}

int izh_number_write(char text[IZH_NUMBER_TEXT], double number) {
  int n = write_decimal(text, number);
  if (n == 0) {
    if (isnan(number))
      n = snprintf(text, IZH_NUMBER_TEXT, "nan");
    else
      snprintf(text, IZH_NUMBER_TEXT, "%.17g", number);
    to_point(text);
    n = (int)strlen(text);
  }
  text[n] = '\0';
  return n;
}

/* Up to 15 digits and a small power of ten: both are doubles, so that one division rounds once, correctly. */
static bool read_decimal(const char *text, size_t length, double *number) {
  static const double power[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  size_t at = length > 0 && text[0] == '-';
  uint64_t digits = 0;
  size_t n = 0, after = 0;
  bool point = false;
  for (; at < length; at++) {
    if (text[at] == '.' && !point) {
      point = true;
      continue;
    }
    if (text[at] < '0' || text[at] > '9' || n == 15) return false;
    digits = digits * 10 + (uint64_t)(text[at] - '0');
    n++;
    after += point;
  }
  if (n == 0) return false;
  double size = (double)digits / power[after];
  *number = text[0] == '-' ? -size : size;
  return true;
}

bool izh_number_read(const char *text, size_t length, double *number) {
  if (read_decimal(text, length, number)) return true;
  char copy[400];
  const char *point = localeconv()->decimal_point;
  size_t at = 0;
  for (size_t i = 0; i < length; i++) {
    /* no hexadecimal numbers, no names with spaces, no foreign decimal point */
    if (!strchr("0123456789+-.eEnaNAiIfFtTyY", text[i]) || text[i] == '\0' ||
        at + strlen(point) + 1 >= sizeof copy)
      return false;
    if (text[i] == '.')
      at += (size_t)snprintf(copy + at, sizeof copy - at, "%s", point);
    else
      copy[at++] = text[i];
  }
  copy[at] = '\0';
  char *end;
  *number = strtod(copy, &end);
  return at > 0 && end == copy + at;
}

bool izh_number_missing(const char *text, size_t length) {
  static const char *const words[] = {"NULL", "null", "NA", "N/A", "n/a", "None", "NaN", NULL};
  if (length == 0 || (text[0] | 0x20) != 'n') return false;
  for (const char *const *word = words; *word; word++)
    if (strlen(*word) == length && strncmp(text, *word, length) == 0) return true;
  return false;
}
