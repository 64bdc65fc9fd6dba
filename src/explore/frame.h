/* What is told of a run: by the run to the explorer, through a pipe, and by the explorer to the page, as the
 * answer to its request. Both are sequences of frames. A frame is a head, in the byte order of this machine,
 * and `length` bytes. Parts of a figure follow one another, but for frames of another process. */
#ifndef IZH_EXPLORE_FRAME_H
#define IZH_EXPLORE_FRAME_H

#include <stdint.h>

/* Which of its descriptors a run tells it to, and in what format figures are wanted; in its environment, as
 * in 3.svg. */
#define IZH_FRAME_ENVIRONMENT "IZHLUA_EXPLORED"

typedef enum izh_frame_kind {
  IZH_FRAME_NOTHING,  /* the run goes on */
  IZH_FRAME_SCRIPT,   /* its path */
  IZH_FRAME_SEED,     /* as it was given on the command line */
  IZH_FRAME_COMMAND,  /* the command line that makes what follows, or the next part of that */
  IZH_FRAME_DECLARED, /* parameters, as JSON, or the next part of that */
  IZH_FRAME_DECLARED_END,
  IZH_FRAME_FIGURE, /* a figure begins; its path */
  IZH_FRAME_FIGURE_PART,
  IZH_FRAME_FIGURE_END,
  IZH_FRAME_PROGRESS, /* as 120 of 1000 ms */
  IZH_FRAME_PRINTED,
  IZH_FRAME_ERROR, /* printed on the standard error */
  IZH_FRAME_ENDED, /* the last one: as JSON */
  IZH_FRAME_KINDS
} izh_frame_kind;

typedef struct izh_frame {
  uint32_t kind;
  uint32_t from; /* the process, since a run may fork others */
  uint32_t length;
} izh_frame;

/* With its head, a frame in a pipe is one write, which is kept whole up to 4096 bytes. */
enum { IZH_FRAME_MAX = 4096 - sizeof(izh_frame) };

#endif
