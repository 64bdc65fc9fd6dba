self=$(readlink -f "$0")
. "$(dirname "$0")/mpi_lib.sh"

# Every example and every test of the language on three ranks: what it prints, its exit code and its files are to the byte
# what they are without. `mpi_scripts.sh all` also runs those that take long; with a file it runs that one.
[ -z "$SANITIZE" ] || { echo 'the sanitizers make this too slow'; exit 77; }
tests=$EXAMPLES/../tests/lua

# What cannot run on several ranks, and why.
cannot='explain: calls io.popen
profile: its text says how many ranks there were
save: calls io.popen, and opens a file to read and to write it'
# What runs for more than two seconds on one processor, or makes so many short steps that ranks meet for as long.
long='attack brunel copies explain_bursts explain_causes explain_conductances explain_inhibition explain_random
explain_silence handles looks noise short_term_plasticity snapshot stimulus synapses'

if [ -f "${1:-}" ]; then
  seconds=300
  mkdir one three
  cd one || exit 1; run "$1" "$EXAMPLES"; mv out ../out1; mv err ../err1; cd ..
  alone=$status
  cd three || exit 1; mpi 3 "$1" "$EXAMPLES"; mv out err ..; rm all; cd ..
  status_is "$alone"
  cmp -s out1 out || { diff out1 out >different; fail "it prints something else: $(head -n 9 different)"; }
  sort err1 >one.err; sort err >three.err # messages may be in the order of pairs, which differs from run to run
  cmp -s one.err three.err || fail "its errors were: $(head -n 9 err1)"
  diff -r one three >different || fail "its files are not the same: $(head -n 9 different)"
  finish
fi

{
  ls "$EXAMPLES"/*.lua
  # the first list there
  sed -n '/^foreach/,/^ *)/p; /^ *)/q' "$tests/CMakeLists.txt" | sed -n "s,^    \([a-z].*\),$tests/\1.lua,p"
} >scripts
for name in $(echo "$cannot" | sed 's/:.*//'); do
  grep -q "/$name.lua$" scripts || { said=$name; : >out; : >err; fail 'there is no such script'; }
done
left=$(echo "$cannot" | sed 's/:.*//')
[ "${1:-}" = all ] || left="$left $long"
for name in $left; do sed -i "/\/$name.lua$/d" scripts; done
[ "$(wc -l <scripts)" -ge 60 ] || { echo "there are $(wc -l <scripts) scripts only"; exit 1; }
xargs -n 1 -P 2 sh "$self" <scripts || failures=1
finish
