. "$(dirname "$0")/lib.sh"

# Every script of examples/figures leaves a PDF that is whole, as wide as its page is to be, with every font embedded, and the same
# bytes when it runs again.
for tool in pdffonts pdftotext qpdf; do
  command -v "$tool" >/dev/null || { echo "needs $tool"; exit 77; }
done
cp "$EXAMPLES"/figures/*.lua .
export SOURCE_DATE_EPOCH=0

# check name width words…: the PDF of name.lua
check() {
  name=$1 width=$2; shift 2
  run "$name.lua"
  status_is 0; err_is ''
  mv "$name.pdf" first.pdf
  run "$name.lua"
  cmp -s "$name.pdf" first.pdf || fail "$name.pdf is not the same twice"
  qpdf --check "$name.pdf" >check.txt 2>&1 || fail "qpdf: $(cat check.txt)"
  grep -aqE "MediaBox \[ 0 0 $width" "$name.pdf" || fail "$name.pdf is not $width pt wide"
  pdffonts "$name.pdf" | tail -n +3 >fonts.txt
  grep -qvE ' +(TrueType|CID TrueType|Type 1C|CID Type 0C) .* yes +yes +yes ' fonts.txt && fail "$name.pdf: $(cat fonts.txt)"
  pdftotext -layout "$name.pdf" text.txt
  for words; do grep -qF -- "$words" text.txt || fail "$name.pdf has no text \"$words\""; done
}

check brunel 518.74 'External rate (kHz)' '4.5' '2.4' 'Rate (Hz)' 'CV' 'balance'
check lesion 518.74 'intact' 'recurrent' 'excitation' 'Removed' '95 % interval'
check psth 340.157 'Trial' 'Time from stimulus (ms)' 'control' 'inhibition ×3' '100 trials, bin 10 ms' 'stimulus'
check fi 252.28 'RS begins' '5 Hz a unit' 'Current (a.u.)'
check ring 340.157 '90°' '270°' 'Preferred direction' 'cue at 90°'
check eight 518.74 'E2/3' 'I6' 'excitatory' 'layer 4 alone'
check slide '720 405' 'Stronger inhibition breaks up the bursts' 'inhibition ×3'
check poster 1190.5 'A network that bursts' 'Interspike interval (ms)'
check options 518.74 'no number' 'a right axis' 'mean ± sd' 'reset' 'first' 'last'

# No ellipsis: nothing is cut.
for name in brunel lesion psth fi ring eight slide poster options; do
  pdftotext "$name.pdf" text.txt
  grep -q '…' text.txt && fail "$name.pdf has a text that is cut: $(grep '…' text.txt)"
done

finish
