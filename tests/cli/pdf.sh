# For tests of figures: what every PDF of the documentation is.
for tool in pdffonts pdftotext qpdf; do
  command -v "$tool" >/dev/null || { echo "needs $tool"; exit 77; }
done
export SOURCE_DATE_EPOCH=0

# check folder name width words…: the script of the examples leaves a PDF that is whole, as wide as said (pt), with every
# font embedded and every word selectable, no text cut, and the same bytes when it runs again. The page of the documentation
# shows the script.
check() {
  folder=$1 name=$2 width=$3; shift 3
  run "$name.lua"
  status_is 0; err_is ''
  mv "$name.pdf" first.pdf
  run "$name.lua"
  cmp -s "$name.pdf" first.pdf || fail "$name.pdf is not the same twice"
  qpdf --check "$name.pdf" >check.txt 2>&1 || fail "qpdf: $(cat check.txt)"
  grep -aqE "MediaBox \[ 0 0 $width" "$name.pdf" || fail "$name.pdf is not $width pt wide"
  pdffonts "$name.pdf" | tail -n +3 >fonts.txt
  [ -s fonts.txt ] || fail "$name.pdf has no fonts"
  # name, type (two words), encoding, embedded, subset, unicode map …
  grep -qvE ' +(TrueType|CID TrueType|Type 1C|CID Type 0C) .* yes +yes +yes ' fonts.txt && fail "$name.pdf: $(cat fonts.txt)"
  pdftotext -layout "$name.pdf" text.txt
  for words; do grep -qF -- "$words" text.txt || fail "$name.pdf has no text \"$words\""; done
  grep -q '…' text.txt && fail "$name.pdf has a text that is cut: $(grep '…' text.txt)"
  shown "$folder" "$name"
}

# Every line of the script, but the first, is in the page.
shown() {
  sed 1d "$EXAMPLES/$1/$2.lua" | while IFS= read -r line; do
    grep -qxF -- "$line" "$EXAMPLES/../docs/gallery.md" || { echo "$2.lua: $line" >drift.txt; break; }
  done
  [ ! -s drift.txt ] || fail "docs/gallery.md lacks a line, run scripts/figures: $(cat drift.txt)"
}
