. "$(dirname "$0")/lib.sh"

# Every example runs as it stands, and leaves a figure of its own name on a page 89 or 183 mm wide.
count=0
for example in "$EXAMPLES"/*.lua; do
  name=$(basename "$example" .lua)
  run "$example"
  status_is 0; err_is ''
  cp out "$name.out"
  [ "$(head -c 5 "$name.pdf")" = '%PDF-' ] || fail "$name.pdf is no PDF"
  grep -aqE 'MediaBox \[ 0 0 (252\.28|518\.74)' "$name.pdf" || fail "$name.pdf is not one or two columns wide"
  count=$((count + 1))
done
[ "$count" -ge 5 ] || fail "there are $count examples only"

# The intervention shows: less than half of the spikes, half a second later.
said=raise_inhibition
before=$(cut -d' ' -f1 raise_inhibition.out) after=$(sed 's/.*, \([0-9]*\) after/\1/' raise_inhibition.out)
[ "$before" -gt 0 ] && [ "$((2 * after))" -lt "$before" ] || fail "$before spikes before, $after after"

# What is quoted of a report is what is printed.
said=three_questions
mv three_questions.out out
for page in "$EXAMPLES/../README.md" "$EXAMPLES/../docs/questions.md"; do
  sed -n '/^  onset (ms)/,/^```$/p' "$page" | grep -vxF -e '```' -e '  …' -e '' >quoted
  [ "$(wc -l <quoted)" -ge 10 ] || fail "$page quotes no report"
  while IFS= read -r line; do out_has "$line"; done <quoted
done

# The same seed gives the same figure to the byte; another seed another one.
export SOURCE_DATE_EPOCH=0
run "$EXAMPLES/seed.lua"; mv seed.pdf first.pdf
run "$EXAMPLES/seed.lua"; cmp -s seed.pdf first.pdf || fail 'the same seed gives another figure'
run --threads 1 "$EXAMPLES/seed.lua"; cmp -s seed.pdf first.pdf || fail 'one thread gives another figure'
run --seed 8 "$EXAMPLES/seed.lua"; ! cmp -s seed.pdf first.pdf || fail 'another seed gives the same figure'

finish
