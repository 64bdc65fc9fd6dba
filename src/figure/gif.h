/* GIF files, made in memory. Private to the figure library. */
#ifndef IZH_FIGURE_GIF_H
#define IZH_FIGURE_GIF_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

typedef struct izh_gif izh_gif;

/* Begins an animation of width × height pixels that is repeated for ever. Each frame is shown for delay_cs
 * hundredths of a second. comment may be NULL. IZH_MEMORY; IZH_SIZE: a side of more than 65535 pixels. */
izh_status izh_gif_new(int width, int height, int delay_cs, const char *comment, izh_gif **gif, izh_err *err);

/* Adds a frame: 0x00RRGGBB, rows of `stride` pixels from the top. Only what differs from the frame before is
 * stored. It has at most 255 colours: the most frequent ones, and the nearest of these in place of others.
 * IZH_MEMORY. */
izh_status izh_gif_add(izh_gif *gif, const uint32_t *pixels, int stride, izh_err *err);

/* Ends the file: its bytes, which belong to gif. Then only izh_gif_free may be called. IZH_MEMORY. */
izh_status izh_gif_end(izh_gif *gif, const char **bytes, size_t *size, izh_err *err);
void izh_gif_free(izh_gif *gif); /* NULL is allowed */

#endif
