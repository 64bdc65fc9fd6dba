# The documents: no line of prose is longer than 100 characters, and every link to a file of ours leads to one.
set -eu
cd "$(dirname "$0")/../.."

# Tables and blocks of code may be wider. Bytes that continue a character of UTF-8 do not count.
long=$(for page in *.md docs/*.md; do
  LC_ALL=C awk -v page="$page" '
    /^ *```/ { code = !code; next }
    code || /^ *\|/ { next }
    { text = $0; gsub(/[\200-\277]/, "", text) }
    length(text) > 100 { print page ":" FNR ": " length(text) " characters" }' "$page"
done)

# [text](target), without what is on the web and without the part of a page
dead=$(for page in *.md docs/*.md; do
  awk '
    /^ *```/ { code = !code; next }
    code { next }
    { while (match($0, /\]\([^)]*\)/)) { print substr($0, RSTART + 2, RLENGTH - 3); $0 = substr($0, RSTART + RLENGTH) } }
  ' "$page" | sed '/^[a-z]*:/d; s/#.*//; /^$/d' | while IFS= read -r target; do
    [ -e "$(dirname "$page")/$target" ] || echo "$page: $target is not there"
  done
done)

[ -z "$long$dead" ] || { printf '%s\n' "$long" "$dead"; exit 1; }
