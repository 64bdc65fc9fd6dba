/* The colours of figures. Private to the figure library. */
#ifndef IZH_FIGURE_PALETTE_H
#define IZH_FIGURE_PALETTE_H

#include "figure/figure.h"

typedef struct izh_colour {
  double r, g, b; /* sRGB, 0 … 1 */
} izh_colour;

#define IZH_RGB(hex)                                                                                         \
  { ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0 }

enum { IZH_SHADES = 8, IZH_SERIES = 7 };

static const izh_colour IZH_WHITE = IZH_RGB(0xFFFFFF);
static const izh_colour IZH_BLACK = IZH_RGB(0x000000);
static const izh_colour IZH_GREY = IZH_RGB(0x757575);       /* notes, marks */
static const izh_colour IZH_LIGHT_GREY = IZH_RGB(0xBFBFBF); /* separators */

/* The colours are based on the palette of Okabe and Ito. Shades of blue are excitatory, shades of orange
 * inhibitory; neighbours differ in lightness. The seven colours of IZH_INK_SERIES are for unrelated series.
 */
static inline izh_colour izh_ink_colour(izh_ink ink, int shade) {
  static const izh_colour colours[][IZH_SHADES] = {
      [IZH_INK_NEUTRAL] = {IZH_RGB(0x333333), IZH_RGB(0x808080), IZH_RGB(0x000000), IZH_RGB(0xA0A0A0),
                           IZH_RGB(0x5C5C5C), IZH_RGB(0xB8B8B8), IZH_RGB(0x1F1F1F), IZH_RGB(0x6E6E6E)},
      [IZH_INK_EXCITATORY] = {IZH_RGB(0x0072B2), IZH_RGB(0x3A9BD9), IZH_RGB(0x003A5D), IZH_RGB(0x8FC7EE),
                              IZH_RGB(0x00568A), IZH_RGB(0x6CB2E4), IZH_RGB(0x001F33), IZH_RGB(0xB3D9F2)},
      [IZH_INK_INHIBITORY] = {IZH_RGB(0xD55E00), IZH_RGB(0xC98600), IZH_RGB(0x7A2E00), IZH_RGB(0xF2A766),
                              IZH_RGB(0xA84300), IZH_RGB(0xE8842C), IZH_RGB(0x4A1C00), IZH_RGB(0xF5C9A0)},
  };
  /* The first three differ most in a grey print: orange is lightest, then blue, then dark grey. */
  static const izh_colour series[IZH_SERIES] = {IZH_RGB(0x0072B2), IZH_RGB(0xE69F00), IZH_RGB(0x333333),
                                                IZH_RGB(0xCC79A7), IZH_RGB(0x009E73), IZH_RGB(0x56B4E9),
                                                IZH_RGB(0xD55E00)};
  if (ink == IZH_INK_SERIES) return series[shade % IZH_SERIES];
  return colours[ink][shade % IZH_SHADES];
}

/* A colour that was asked for, or that of an ink. */
static inline izh_colour izh_colour_or(uint32_t given, izh_colour otherwise) {
  if (!(given & IZH_COLOUR_GIVEN)) return otherwise;
  return (izh_colour)IZH_RGB(given);
}

static inline izh_colour izh_series_colour(const izh_series *series) {
  return izh_colour_or(series->colour, izh_ink_colour(series->ink, series->shade));
}

/* A colour mixed with white: strength 1 is the colour itself, 0 is white. */
static inline izh_colour izh_colour_tint(izh_colour colour, double strength) {
  return (izh_colour){1 - strength * (1 - colour.r), 1 - strength * (1 - colour.g),
                      1 - strength * (1 - colour.b)};
}

#endif
