#include "figure/header.h"

#include <math.h>

static const double LETTER_GAP = 4; /* between the letter and a title right of it */

static double line(const izh_header *header, izh_style style) {
  return izh_text_line(header->text_pt, style);
}

void izh_header_measure(izh_header *header, izh_text *text, const char *letter, const char *title) {
  *header = (izh_header){
      .letter = letter, .title = title, .text = text, .text_pt = izh_text_size(text), .lines = 1};
  header->letter_w = izh_text_width(text, IZH_STYLE_LETTER, letter);
  header->title_w = izh_text_width(text, IZH_STYLE_LABEL, title);
}

void izh_header_fold(izh_header *header, const izh_grid_item *item) {
  double room = izh_box_right(item->frame) + item->right - izh_header_title_x(header, item);
  header->lines = izh_text_lines(header->text, IZH_STYLE_LABEL, header->title, room);
}

static double title_height(const izh_header *header) {
  return header->lines * line(header, IZH_STYLE_LABEL);
}

double izh_header_height(const izh_header *header) {
  double title = header->title_w > 0 ? title_height(header) : 0;
  return header->letter_w > 0 ? fmax(title, line(header, IZH_STYLE_LETTER)) : title;
}

double izh_header_title_x(const izh_header *header, const izh_grid_item *item) {
  return fmax(item->frame.x, header->letter_w > 0 ? item->cell.x + header->letter_w + LETTER_GAP : 0);
}

void izh_header_place(izh_header *header, const izh_grid_item *item) {
  double x = izh_header_title_x(header, item), room = izh_box_right(item->cell) - x;
  header->letter_box = (izh_box){item->cell.x, item->cell.y, fmin(header->letter_w, item->cell.w),
                                 line(header, IZH_STYLE_LETTER)};
  double h = title_height(header), y = item->cell.y + (izh_header_height(header) - h) / 2;
  header->title_box = (izh_box){x, y, fmax(0, fmin(room, header->title_w)), h};
}

void izh_header_draw(const izh_header *header, izh_text *text, cairo_t *cr) {
  izh_text_draw(text, cr, (izh_label){header->letter, IZH_STYLE_LETTER, IZH_ALIGN_LEFT, IZH_BLACK},
                header->letter_box);
  izh_text_draw_lines(text, cr, (izh_label){header->title, IZH_STYLE_LABEL, IZH_ALIGN_LEFT, IZH_BLACK},
                      header->title_box, header->lines);
}
