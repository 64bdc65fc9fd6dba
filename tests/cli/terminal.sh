. "$(dirname "$0")/lib.sh"

# a terminal and no arguments: a prompt
on_terminal <<'END'
expect izhlua
expect > 
send 1+1\n
expect 2
expect > 
send \^D
END
status_is 0

# Ctrl-C while a line is typed, while a statement runs, while more of a statement is awaited
on_terminal <<'END'
expect > 
send gar\^C
expect > 
send print("wor" .. "king") while true do end\n
expect working
send \^C
expect stdin:1: interrupted
expect > 
send for i = 1, 2 do\n
expect >> 
send \^C
expect > 
send print("all " .. "is well")\n
expect all is well
expect > 
send \^D
END
status_is 0

# Ctrl-C in a script; the terminal says so to the whole group of processes
echo 'print("ready") while true do pcall(error) end' >loop.lua
on_terminal loop.lua <<'END'
expect ready
send \^C
expect loop.lua:1: interrupted
END
status_is 130

# a second one during the cleanup kills
echo 'local x <close> = setmetatable({}, { __close = function() print("cleanup") while true do end end })
print("ready") while true do end' >stuck.lua
on_terminal stuck.lua <<'END'
expect ready
send \^C
expect cleanup
send \^C
END
status_is 130; err_is 'pty: killed by signal 2'; out_lacks 'interrupted'

[ "$LIBEDIT" = 1 ] || finish

# editing, in UTF-8 whatever the locale
for locale in C C.UTF-8; do
  LC_ALL=$locale on_terminal <<'END'
expect > 
send print("größ" .. "er ≤ x" .. 1.5)
expect 1.5)
send \^A
send \^E\n
expect größer ≤ x1.5
expect > 
send \^D
END
  status_is 0
done

# completion of globals, fields, methods; of nothing that would call a function
on_terminal <<'END'
expect > 
send prin\t("com" .. "pleted")\n
expect completed
expect > 
send string.re\t
expect rep  reverse
send v\t("cba")\n
expect abc
expect > 
send s = "text"\n
expect > 
send s:upp\t()\n
expect TEXT
expect > 
send t = setmetatable({}, { __index = function() print("cal" .. "led") end })\n
expect > 
send t.a.b\t\^U
send izh.ver\t .. "!"\n
expect !
expect > 
send type(izh.ana\t.cv2)\n
expect function
expect > 
send net = izh.network{} P = net:population("Exc", 3, "RS")\n
expect > 
send "size:" .. net.populations.Ex\t.siz\t\n
expect size:3
expect > 
send net:run(5) s = net:spikes()\n
expect > 
send s:mean_f\t() * 0 + 0.5\n
expect 0.5
expect > 
send \^D
END
status_is 0; out_lacks 'called'

# the history outlives the program
grep -q 'string.reverse' state/izhlua/history || fail 'the history has no "string.reverse"'
on_terminal <<'END'
expect > 
send "remember" .. " me"\n
expect remember me
expect > 
send \^D
END
on_terminal <<'END'
expect > 
send \^P\n
expect remember me
expect > 
send \^D
END
status_is 0

# and needs no place to be kept
XDG_STATE_HOME=/dev/null/nowhere on_terminal <<'END'
expect > 
send 7*6\n
expect 42
expect > 
send \^D
END
status_is 0; out_lacks 'history'

finish
