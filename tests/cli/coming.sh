. "$(dirname "$0")/lib.sh"

# docs/coming-from-*.md: the Lua blocks of a page are one script, which prints the text blocks of the page.
tests=$(dirname "$0")/..
pages=0
for page in "$tests"/../docs/coming-from-*.md; do
  pages=$((pages + 1))
  name=$(basename "$page" .md)
  : > "$name.txt"
  awk -v name="$name" '
    /^```lua$/ { into = name ".lua"; next }
    /^```text$/ { into = name ".txt"; next }
    /^```/ { into = ""; next }
    into { print > into }' "$page"
  run "$name.lua"
  status_is 0; err_is ''
  cmp -s out "$name.txt" || fail "$name says $(cat "$name.txt"), and prints $(cat out)"
done
[ "$pages" -ge 3 ] || fail "there are only $pages pages"
finish
