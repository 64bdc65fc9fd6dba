#include "formats/format.h"

/* What is read and written are values of scripts: bind/files/json.c. */
const izh_format izh_format_json = {
    .ending = ".json",
    .help = "text, values in values",
    .reads = IZH_CONTENT_NUMBERS,
    .writes = IZH_CONTENT_TABLE,
    .layout = IZH_LAYOUT_VALUES,
};
