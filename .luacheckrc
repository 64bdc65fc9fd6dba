-- luacheck examples
std = "lua54"
max_line_length = false
ignore = { "431" } -- a function that net:at calls is given its net
