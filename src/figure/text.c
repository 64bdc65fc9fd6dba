#include "figure/text.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "figure/markup.h"

struct izh_text {
  PangoContext *context;
  PangoLayout *layout;
  PangoFontDescription *fonts[IZH_STYLES];
  double size_pt;
  bool system_fonts;
  bool lacks_glyphs;
};

/* Fonts with the shape and widths of Helvetica, as journals ask for; then similar ones. */
static const char FAMILIES[] = "Liberation Sans,Arial,Helvetica,TeX Gyre Heros,DejaVu Sans,sans-serif";

/* Where distributions keep Liberation Sans. */
static const char *const FOLDERS[] = {
    "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation",
    "/usr/share/fonts/liberation-sans",      "/usr/share/fonts/liberation-sans-fonts",
    "/usr/share/fonts/liberation-fonts",     "/usr/share/fonts/liberation",
};

static double style_size(double size_pt, izh_style style) {
  if (style == IZH_STYLE_LETTER) return size_pt + 1;
  return style == IZH_STYLE_SMALL && size_pt > 6 ? size_pt - 1 : size_pt;
}

double izh_text_size(const izh_text *text) {
  return text->size_pt;
}

double izh_text_line(double size_pt, izh_style style) {
  return 1.2 * style_size(size_pt, style);
}

/* A configuration with one folder loads in a tenth of the time of the system's configuration, which has many
 * rules and fonts. It uses the index that fontconfig keeps anyway. NULL when there is no such folder. */
static FcConfig *small_config(void) {
  static const char format[] = "<fontconfig><dir>%s</dir><cachedir>/var/cache/fontconfig</cachedir>"
                               "<cachedir prefix=\"xdg\">fontconfig</cachedir></fontconfig>";
  for (size_t i = 0; i < sizeof FOLDERS / sizeof *FOLDERS; i++) {
    if (access(FOLDERS[i], R_OK) != 0) continue;
    FcConfig *config = FcConfigCreate();
    char *rules = g_strdup_printf(format, FOLDERS[i]);
    FcBool done = config && FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)rules, FcFalse) &&
                  FcConfigBuildFonts(config);
    g_free(rules);
    const FcFontSet *found = done ? FcConfigGetFonts(config, FcSetSystem) : NULL;
    if (found && found->nfont > 0) return config;
    if (config) FcConfigDestroy(config);
  }
  return NULL;
}

/* The font map with the fonts of one folder, or with all fonts. It is made when first needed, and kept for
 * later figures, which use the fonts that it has read. The configuration is made the current one before the
 * first map is made. Otherwise a new map would make fontconfig read the rules of the system in the
 * background. */
static PangoFontMap *font_map(bool *system_fonts) {
  static PangoFontMap *maps[2];
  static bool no_folder;
  if (no_folder) *system_fonts = true;
  if (maps[*system_fonts]) return maps[*system_fonts];
  FcConfig *config = *system_fonts ? FcInitLoadConfigAndFonts() : small_config();
  if (!config && !*system_fonts) {
    no_folder = *system_fonts = true;
    return font_map(system_fonts);
  }
  if (!*system_fonts) FcConfigSetCurrent(config);
  PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  if (map && config) pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
  if (config) FcConfigDestroy(config);
  return maps[*system_fonts] = map;
}

/* Turns off hinting and rounding: widths must not depend on the pixels of the output, or the layout of a PNG
 * would differ from that of a PDF. */
static void context_set_up(PangoContext *context) {
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_context_set_language(context, pango_language_from_string("en"));
}

izh_status izh_text_open(double size_pt, bool system_fonts, izh_text **result, izh_err *err) {
  izh_text *text = izh_alloc_zero(1, sizeof *text);
  if (!text) return izh_fail_memory(err, sizeof *text);
  text->size_pt = size_pt;
  text->system_fonts = system_fonts;
  PangoFontMap *map = font_map(&text->system_fonts);
  if (!map) {
    izh_text_close(text);
    return izh_fail(err, IZH_DRAW, "no fonts: this cairo was built without FreeType");
  }
  text->context = pango_font_map_create_context(map);
  context_set_up(text->context);
  text->layout = pango_layout_new(text->context);
  pango_layout_set_single_paragraph_mode(text->layout, TRUE);
  for (int style = 0; style < IZH_STYLES; style++) {
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FAMILIES);
    pango_font_description_set_absolute_size(font, style_size(size_pt, (izh_style)style) * PANGO_SCALE);
    if (style == IZH_STYLE_LETTER) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    text->fonts[style] = font;
  }
  *result = text;
  return IZH_OK;
}

void izh_text_close(izh_text *text) {
  if (!text) return;
  for (int style = 0; style < IZH_STYLES; style++) {
    if (text->fonts[style]) pango_font_description_free(text->fonts[style]);
  }
  g_clear_object(&text->layout);
  g_clear_object(&text->context);
  izh_free(text);
}

/* Sets the text of the layout. Control characters, also line ends, become spaces: they would be drawn as
 * boxes or arrows. */
static void layout_set(izh_text *text, izh_style style, const char *marked) {
  PangoAttrList *attributes = pango_attr_list_new();
  char *plain = izh_markup_read(marked, style_size(text->size_pt, style), attributes);
  for (char *c = plain; *c; c++) {
    if ((unsigned char)*c < ' ' || *c == 127) *c = ' ';
  }
  pango_layout_set_width(text->layout, -1);
  pango_layout_set_ellipsize(text->layout, PANGO_ELLIPSIZE_NONE);
  pango_layout_set_font_description(text->layout, text->fonts[style]);
  pango_layout_set_text(text->layout, plain, -1);
  pango_layout_set_attributes(text->layout, attributes);
  pango_attr_list_unref(attributes);
  g_free(plain);
}

static double layout_width(izh_text *text) {
  int width;
  pango_layout_get_size(text->layout, &width, NULL);
  return (double)width / PANGO_SCALE;
}

double izh_text_width(izh_text *text, izh_style style, const char *marked) {
  if (!marked || !*marked) return 0;
  layout_set(text, style, marked);
  double width = layout_width(text);
  if (pango_layout_get_unknown_glyphs_count(text->layout) > 0) text->lacks_glyphs = true;
  return width;
}

bool izh_text_lacks_glyphs(const izh_text *text) {
  return text->lacks_glyphs && !text->system_fonts;
}

/* Lets the text of the layout take several lines. */
static void layout_wrap(izh_text *text, double width) {
  pango_layout_set_width(text->layout, (int)(width * PANGO_SCALE));
  pango_layout_set_wrap(text->layout, PANGO_WRAP_WORD);
}

int izh_text_lines(izh_text *text, izh_style style, const char *marked, double width) {
  if (izh_text_width(text, style, marked) <= width + 0.05 || width <= 0) return 1;
  pango_layout_set_ellipsize(text->layout, PANGO_ELLIPSIZE_NONE);
  layout_wrap(text, width);
  int lines = pango_layout_get_line_count(text->layout);
  return lines < IZH_TEXT_LINES ? lines : IZH_TEXT_LINES;
}

double izh_text_folded(izh_text *text, izh_style style, const char *words) {
  double least = 0;
  if (!words || strchr(words, '<') || strchr(words, '&')) return 0;
  for (const char *space = strchr(words, ' '); space; space = strchr(space + 1, ' ')) {
    char *first = g_strndup(words, (size_t)(space - words));
    double w = fmax(izh_text_width(text, style, first), izh_text_width(text, style, space + 1));
    if (least == 0 || w < least) least = w;
    g_free(first);
  }
  return least;
}

void izh_text_draw_lines(izh_text *text, cairo_t *cr, izh_label label, izh_box box, int lines) {
  if (lines <= 1 || !label.text || box.w <= 0) {
    izh_text_draw(text, cr, label, box);
    return;
  }
  layout_set(text, label.style, label.text);
  layout_wrap(text, box.w + 0.05);
  pango_layout_set_height(text->layout, -lines);
  pango_layout_set_ellipsize(text->layout, PANGO_ELLIPSIZE_END);
  double rise = 0.36 * style_size(text->size_pt, label.style), each = box.h / lines;
  cairo_set_source_rgb(cr, label.colour.r, label.colour.g, label.colour.b);
  for (int i = 0; i < lines && i < pango_layout_get_line_count(text->layout); i++) {
    PangoLayoutLine *line = pango_layout_get_line_readonly(text->layout, i);
    PangoRectangle extents;
    pango_layout_line_get_extents(line, NULL, &extents);
    double spare = label.align == IZH_ALIGN_LEFT ? 0 : box.w - (double)extents.width / PANGO_SCALE;
    cairo_move_to(cr, box.x + spare * (label.align == IZH_ALIGN_CENTRE ? 0.5 : 1),
                  box.y + each * (i + 0.5) + rise);
    pango_cairo_show_layout_line(cr, line);
  }
  pango_layout_set_height(text->layout, -1);
}

/* Lets the text be in the layout, and moves to where it begins. */
static void layout_place(izh_text *text, cairo_t *cr, izh_label label, izh_box box) {
  layout_set(text, label.style, label.text);
  double width = layout_width(text);
  if (width > box.w + 0.05) { /* widths are counted in 1/1024 pt */
    pango_layout_set_width(text->layout, (int)(box.w * PANGO_SCALE));
    pango_layout_set_ellipsize(text->layout, PANGO_ELLIPSIZE_END);
    width = layout_width(text);
  }
  /* centred at half the height of a capital letter, where readers see the middle of a line */
  double rise = 0.36 * style_size(text->size_pt, label.style);
  double left = label.align == IZH_ALIGN_LEFT ? 0 : label.align == IZH_ALIGN_RIGHT ? 1 : 0.5;
  cairo_set_source_rgb(cr, label.colour.r, label.colour.g, label.colour.b);
  cairo_move_to(cr, box.x + left * (box.w - width), box.y + box.h / 2 + rise);
}

void izh_text_draw(izh_text *text, cairo_t *cr, izh_label label, izh_box box) {
  if (!label.text || !*label.text || box.w <= 0) return;
  layout_place(text, cr, label, box);
  pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(text->layout, 0));
}

void izh_text_draw_over(izh_text *text, cairo_t *cr, izh_label label, izh_box box) {
  static const double edge = 1.6; /* pt, half of it outside of the letters */
  if (!label.text || !*label.text || box.w <= 0) return;
  cairo_save(cr);
  layout_place(text, cr, label, box);
  pango_cairo_layout_line_path(cr, pango_layout_get_line_readonly(text->layout, 0));
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_set_line_width(cr, edge);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke(cr);
  cairo_restore(cr);
  izh_text_draw(text, cr, label, box);
}

void izh_text_draw_rising(izh_text *text, cairo_t *cr, izh_label label, izh_box box) {
  cairo_save(cr);
  cairo_translate(cr, box.x, box.y + box.h);
  cairo_rotate(cr, -1.5707963267948966);
  label.align = IZH_ALIGN_CENTRE;
  izh_text_draw(text, cr, label, (izh_box){0, 0, box.h, box.w});
  cairo_restore(cr);
}
