/* Lines from the user: edited, with history and completion, on a terminal; plainly read otherwise, and where
 * the program was built without libedit. */
#ifndef IZH_HOST_EDIT_H
#define IZH_HOST_EDIT_H

#include <lua.h>

typedef enum host_line { HOST_LINE, HOST_LINE_END, HOST_LINE_INTERRUPTED } host_line;

typedef struct host_editor host_editor;

/* NULL when memory is short. L is where completion looks names up. */
host_editor *host_editor_open(lua_State *L);
void host_editor_close(host_editor *editor);

/* Shows the prompt and reads a line. *text, without its newline, is valid until the next call. */
host_line host_editor_read(host_editor *editor, const char *prompt, const char **text);

/* Puts a text into the history, and the history into its file. */
void host_editor_remember(host_editor *editor, const char *text);

#endif
