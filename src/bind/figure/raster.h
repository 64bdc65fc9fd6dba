/* The rows of a raster. */
#ifndef IZH_BIND_FIGURE_RASTER_H
#define IZH_BIND_FIGURE_RASTER_H

#include <stddef.h>
#include <stdint.h>

extern const char BIND_ROWS[];

/* The spikes of a raster. */
typedef struct bind_rows {
  size_t n, n_hidden; /* hidden ones count in the rate and have no row */
  const double *t_ms; /* [n] */
  uint32_t *names;    /* the ids of the rows; NULL: they are rows 1, 2 … or ids */
  uint32_t row[];     /* [n] as izh_raster's row */
} bind_rows;

#endif
