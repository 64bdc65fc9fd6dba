/* The functions of this folder that the program calls. */
#include "base/sandbox.h"
#include "base/stop.h"
#include "figure/figure.h"

extern const izh_drawing izh_drawing_module;

const izh_drawing izh_drawing_module = {.save = izh_figure_save,
                                        .give = izh_figure_give,
                                        .raster_text = izh_raster_text,
                                        .movie_new = izh_movie_new,
                                        .movie_add = izh_movie_add,
                                        .movie_save = izh_movie_save,
                                        .movie_free = izh_movie_free,
                                        .ask = izh_stop_ask,
                                        .join = izh_sandbox_join,
                                        .join_ranks = izh_ranks_join};
