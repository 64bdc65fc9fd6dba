. "$(dirname "$0")/lib.sh"

# The reference: every function has an example (or its script fails), and every example of docs/reference.lua runs, each after
# the lines before the first name.
root=$(dirname "$0")/../..
mkdir pages && (cd "$root" && "$IZHLUA" scripts/reference.lua "$work/pages") >out 2>err || fail 'the reference'
n=$(ls pages | wc -l)
[ "$n" -gt 150 ] || fail "there are only $n pages"
[ "$(grep -l '^## Example$' pages/*.md | wc -l)" -eq $((n - 1)) ] || fail 'a page has no example'

cat >examples.lua <<'END'
local before, parts = {}, {}
for line in io.lines(arg[1]) do
  local name = line:match "^%-%-%- (%S+)$"
  if name then parts[#parts + 1] = { name } else table.insert(parts[#parts] or before, line) end
end
for _, part in ipairs(parts) do
  local text = table.concat(before, "\n") .. "\n" .. table.concat(part, "\n", 2)
  local f, message = load(text, "=" .. part[1], "t")
  if f then f, message = xpcall(f, debug.traceback) end
  if not f then io.stderr:write(message, "\n") end
end
END
run examples.lua "$root/docs/reference.lua"
status_is 0; err_is ''
for figure in image.pdf psth.pdf net.gif; do [ -s "$figure" ] || fail "there is no $figure"; done
finish
