/* Lengths that all panels share, in pt. Private to the figure library. */
#ifndef IZH_FIGURE_MEASURES_H
#define IZH_FIGURE_MEASURES_H

#define IZH_TICK_LENGTH 2.2
#define IZH_KEY_W 9.0 /* room for the sample of a line, left of its label */
#define IZH_AXIS_LINE 0.5
#define IZH_THIN_LINE 0.35
#define IZH_DATA_LINE 0.8
#define IZH_SCALE_BAR 1.0
#define IZH_BAND_TINT 0.12 /* strength of the grey band of an epoch */
enum { IZH_MARK_ROWS_MAX = 12 };

#endif
