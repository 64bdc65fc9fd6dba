. "$(dirname "$0")/lib.sh"

# Every script of the gallery leaves a PDF that is whole, one or two columns wide, with every font embedded and every word selectable,
# and the same bytes when it runs again.
for tool in pdffonts pdftotext qpdf; do
  command -v "$tool" >/dev/null || { echo "needs $tool"; exit 77; }
done
cp "$EXAMPLES"/gallery/*.lua .
export SOURCE_DATE_EPOCH=0

# has_text panel words…: each is in the text of the page
has_text() {
  panel=$1; shift
  pdftotext -layout "$panel.pdf" text.txt
  for words; do grep -qF -- "$words" text.txt || fail "$panel.pdf has no text \"$words\""; done
}

for panel in raster rate trace curve histogram spectrum phase matrix page; do
  run "$panel.lua"
  status_is 0; err_is ''
  mv "$panel.pdf" first.pdf
  run "$panel.lua"
  cmp -s "$panel.pdf" first.pdf || fail "$panel.pdf is not the same twice"
  qpdf --check "$panel.pdf" >check.txt 2>&1 || fail "qpdf: $(cat check.txt)"
  grep -aqE 'MediaBox \[ 0 0 (252\.28|518\.74)' "$panel.pdf" || fail "$panel.pdf is not 89 or 183 mm wide"
  pdffonts "$panel.pdf" | tail -n +3 >fonts.txt
  [ -s fonts.txt ] || fail "$panel.pdf has no fonts"
  # name, type (two words), encoding, embedded, subset, unicode map …
  grep -qvE ' +(TrueType|CID TrueType|Type 1C|CID Type 0C) .* yes +yes +yes ' fonts.txt && fail "$panel.pdf: $(cat fonts.txt)"
done

has_text raster 'Neuron' 'Rate (Hz)' 'Time (ms)' 'inhibition ×3' 'as published' 'bin 5 ms'
has_text rate 'Rate (Hz)' 'control' 'change' 'Gaussian kernel' 'σ = 10 ms'
has_text trace 'v (mV)' 'u (a.u.)' 'chattering' '50 ms' '20 mV' '−80'
has_text curve 'Current (a.u.)' 'Strength of inhibition' 'FS' 'LTS' 'mean ± s.e.m.'
has_text histogram 'Interspike interval (ms)' 'Neurons' 'Weight (a.u.)' '5 bins a decade'
has_text spectrum 'Frequency (Hz)' 'Power (Hz²/Hz)' 'resolution'
has_text phase 'v (mV)' 'u (pA)' 'trajectory' 'unstable' 'I = 100 pA'
has_text matrix 'From neuron' 'To neuron' 'Weight' 'Coefficient'
has_text page 'A' 'B' 'C' 'D' 'E' 'rates' 'intervals'

# The page of the documentation shows these scripts.
for panel in raster rate trace curve histogram spectrum phase matrix page network; do
  sed 1d "$panel.lua" | while IFS= read -r line; do
    grep -qxF -- "$line" "$EXAMPLES/../docs/gallery.md" || { echo "$panel.lua: $line" >drift.txt; break; }
  done
  [ ! -s drift.txt ] || fail "docs/gallery.md lacks a line, run scripts/figures: $(cat drift.txt)"
done

finish
