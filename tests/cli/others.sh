. "$(dirname "$0")/lib.sh"

# docs/files-from-others.md: each script prints what stands below it, in a folder with the files of others.
tests=$(dirname "$0")/..
cp "$tests"/data/inputs/* .
awk '
  /^```lua$/ { script = sprintf("page%02d.lua", ++n); next }
  /^```text$/ { script = sprintf("page%02d.txt", n); next }
  /^```/ { script = ""; next }
  script { print > script }' "$tests"/../docs/files-from-others.md

scripts=0
for script in page*.lua; do
  scripts=$((scripts + 1))
  run "$script"
  status_is 0; err_is ''
  cmp -s out "${script%.lua}.txt" || fail "the page says $(cat "${script%.lua}.txt")"
done
[ "$scripts" -ge 8 ] || fail "there are only $scripts scripts"
finish
