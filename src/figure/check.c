#include "figure/check.h"

#include <glib.h>
#include <math.h>

#include "figure/axis.h"

char *izh_check_say(char text[IZH_NUMBER_SIZE], double value) {
  return g_ascii_formatd(text, IZH_NUMBER_SIZE, "%.10g", value);
}

izh_status izh_check_text(const char *text, const izh_where *where, const char *what, izh_err *err) {
  if (!text || g_utf8_validate(text, -1, NULL)) return IZH_OK;
  return izh_fail(err, IZH_ARGUMENT, "%s%s is not UTF-8 text", where->text, what);
}

static izh_status check_between(double value, double lo, double hi, const char *what, izh_err *err) {
  if (value >= lo && value <= hi) return IZH_OK;
  char given[IZH_NUMBER_SIZE], from[IZH_NUMBER_SIZE], to[IZH_NUMBER_SIZE];
  return izh_fail(err, IZH_ARGUMENT, "%s must be %s … %s, not %s", what, izh_check_say(from, lo),
                  izh_check_say(to, hi), izh_check_say(given, value));
}

izh_status izh_check_marks(const izh_mark *marks, size_t n, const izh_where *where, izh_err *err) {
  for (size_t i = 0; i < n; i++) {
    char what[40];
    g_snprintf(what, sizeof what, "the label of mark %zu", i + 1);
    if (izh_check_text(marks[i].label, where, what, err) != IZH_OK) return IZH_ARGUMENT;
    if (isnan(marks[i].from) || isnan(marks[i].to)) {
      return izh_fail(err, IZH_ARGUMENT, "%sthe time of mark %zu is not a number", where->text, i + 1);
    }
  }
  return IZH_OK;
}

static izh_status check_page(const izh_figure *figure, izh_err *err) {
  const izh_where page = {""};
  if (figure->n_panels == 0) return izh_fail(err, IZH_ARGUMENT, "there is no panel to draw");
  if (figure->columns < 0) return izh_fail(err, IZH_ARGUMENT, "columns must not be negative");
  izh_status status = check_between(figure->width_mm, 20, 2000, "width_mm", err);
  if (status == IZH_OK && figure->height_mm != 0) {
    status = check_between(figure->height_mm, 20, 2000, "height_mm", err);
  }
  if (status == IZH_OK) status = check_between(figure->text_pt, 5, 32, "text_pt", err);
  if (status == IZH_OK) status = check_between(figure->png_dpi, 36, 2400, "png_dpi", err);
  for (size_t i = 0; figure->heights && i < figure->n_heights && status == IZH_OK; i++)
    status = check_between(figure->heights[i], 1e-3, 1e3, "a height of rows", err);
  const izh_document *document = &figure->document;
  if (status == IZH_OK) status = izh_check_text(document->title, &page, "the title of the document", err);
  if (status == IZH_OK) status = izh_check_text(document->author, &page, "the author of the document", err);
  if (status == IZH_OK) status = izh_check_text(document->subject, &page, "the subject of the document", err);
  if (status == IZH_OK)
    status = izh_check_text(document->keywords, &page, "the keywords of the document", err);
  if (status == IZH_OK) status = izh_check_text(document->creator, &page, "the creator of the document", err);
  return status;
}

izh_status izh_figure_check(const izh_figure *figure, izh_err *err) {
  izh_status status = check_page(figure, err);
  for (size_t i = 0; i < figure->n_panels && status == IZH_OK; i++) {
    izh_where where = {""};
    if (figure->n_panels > 1) g_snprintf(where.text, sizeof where.text, "panel %zu: ", i + 1);
    const izh_panel *panel = &figure->panels[i];
    status = izh_check_text(panel->letter, &where, "the letter", err);
    if (status == IZH_OK) status = izh_plot_check(panel->plot, &where, err);
  }
  return status;
}
