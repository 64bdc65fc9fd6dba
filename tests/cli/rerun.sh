. "$(dirname "$0")/lib.sh"

# A figure carries what made it, and is run again.
# A program in a build with LeakSanitizer cannot be traced in a sandbox.
export TMPDIR="$work/tmp" SOURCE_DATE_EPOCH=1700000000 ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
mkdir tmp first other
nothing_left() { [ -z "$(ls -A "$TMPDIR")" ] || fail "there is left: $(ls -A "$TMPDIR")"; }

cd first || exit 1
cat >main.lua <<'END'
local izh = require "izhlua"
local build = require "parts.build"
local scale = dofile "scale.lua"
local data = izh.read("data/weights.csv")
local lines = 0
for _ in io.lines("data/note (1).txt") do lines = lines + 1 end
local net = build(izh, scale * data.w[1])
net:run(200)
for _, ending in ipairs{ "pdf", "svg", "png" } do net:raster("drawn/main." .. ending, { title = TITLE }) end
print(lines, ...)
END
mkdir parts data drawn
cat >parts/build.lua <<'END'
return function(izh, weight)
  local net = izh.network{ seed = 7 }
  local E = net:population("E", 40, "E2003")
  net:connect(E, E, { rule = "pairwise_bernoulli", p = 0.5, weight = weight })
  net:stimulate(E, izh.noise{ sd = 8 })
  return net
end
END
echo 'return 2' >scale.lua
printf 'w\n1.5\n' >data/weights.csv
printf '%s\n' 'two' 'lines' >'data/note (1).txt'
unset SOURCE_DATE_EPOCH # the figure has its date
IZHLUA_AUTHOR='Ada é' run --threads 2 -e 'TITLE = "it'\''s 50 %"' main.lua x=1 'two words' "$(printf 'new\nline')"
status_is 0

# as others see the PDF
qpdf --check drawn/main.pdf >../qpdf 2>&1 || fail "qpdf: $(cat ../qpdf)"
pdfinfo drawn/main.pdf >../info || fail 'pdfinfo'
grep -q 'Author: *Ada é' ../info || fail "pdfinfo: $(cat ../info)"
pdfdetach -list drawn/main.pdf >../list || fail 'pdfdetach'
[ "$(cut -d: -f2 ../list | tr -d '\n')" = '6 embedded files data_note (1).txt data_weights.csv izhlua-figure.txt main.lua parts_build.lua scale.lua' ] ||
  fail "pdfdetach: $(cat ../list)"
pdfdetach -save 4 -o ../detached drawn/main.pdf && cmp -s ../detached main.lua || fail 'another script is attached'
pdfdetach -save 3 -o ../said drawn/main.pdf
! grep -F "$work" ../said || fail 'the figure names a folder of this machine'

# it is the same from anywhere, in every format, without what was beside it
mkdir -p ../other/deep && mv drawn/main.* ../other
for ending in pdf svg png; do
  (cd ../other/deep && run "../main.$ending" && cp out err ../.. && exit "$status")
  status=$?
  mv ../out ../err .
  said="izhlua main.$ending"
  status_is 0
  out_is "2	x=1	two words	new
line
../main.$ending: the same to the byte"
  err_begins "izhlua: ../main.$ending was made by: izhlua -e 'TITLE = \"it'\\''s 50 %\"' main.lua x=1 'two words' 'new?line'"
done
cd ../other || exit 1
nothing_left
mv main.pdf 'fig 3.pdf'
SOURCE_DATE_EPOCH=5 run 'fig 3.pdf'
status_is 0; out_has 'fig 3.pdf: the same to the byte'
run --trust 'fig 3.pdf'
status_is 0; err_has 'without a sandbox'

# change from to: a figure in which other bytes are, as many
change() { LC_ALL=C sed "s|$1|$2|" 'fig 3.pdf' >changed.pdf; cmp -s 'fig 3.pdf' changed.pdf && fail "nothing changed: $1"; rm -f changed.again.pdf; }
change 'net:run(200)' 'net:run(201)'
run changed.pdf
status_is 1; out_is ''
err_begins "izhlua: changed.pdf: the main.lua that it carries is not the one that made it: its SHA-256 is $(sed 's/run(200)/run(201)/' ../first/main.lua | sha256sum | cut -d' ' -f1), not $(sha256sum <../first/main.lua | cut -d' ' -f1)"
change "^izhlua $VERSION\$" 'izhlua 9.9.9'
run changed.pdf
status_is 1
err_has "izhlua: it was made by version 9.9.9; this is $VERSION"
err_has 'izhlua: changed.pdf: NOT the same: they differ from byte'
err_has '  there: izhlua 9.9.9'
err_has "  here : izhlua $VERSION"
err_has 'izhlua: the new one is changed.again.pdf'
cmp -s changed.again.pdf 'fig 3.pdf' || fail 'changed.again.pdf is not the new one'
run changed.pdf
err_has 'izhlua: the new one is not kept, as changed.again.pdf is there already'
change '/F (scale.lua) /UF' '/F (stale.lua) /UF'
run changed.pdf
status_is 1; err_is 'izhlua: changed.pdf: scale.lua, which it should carry, is missing'
change '/MediaBox \[ 0 0 2' '/MediaBox [ 0 0 3'
run changed.pdf
status_is 1; err_has 'The script, its files and the versions are the same'
change ' scale.lua$' ' ../le.lua'
run changed.pdf
status_is 1; err_is 'izhlua: changed.pdf: what it carries is damaged'
change '^script main.lua$' 'word --trust    '
run changed.pdf
status_is 1; err_is 'izhlua: changed.pdf: what it carries is damaged'
head -c "$(($(wc -c <"fig 3.pdf") - 900))" 'fig 3.pdf' >short.pdf
run short.pdf
status_is 1; err_has 'short.pdf: '
{ cat 'fig 3.pdf'; echo '% more'; } >longer.pdf
run longer.pdf
status_is 1; err_has 'another program has changed it since'
qpdf --linearize 'fig 3.pdf' linear.pdf
run linear.pdf
status_is 1; err_has 'it carries no script'
sed 's/">LS0g/">LS0h/; s/">bG9j/">bG9k/' main.svg >changed.svg
run changed.svg
status_is 1; err_has 'that it carries is not the one that made it'
: >empty.png
run empty.png
status_is 1; err_is 'izhlua: empty.png: it is no PDF, PNG or SVG'
run none.png
status_is 1; err_is 'izhlua: none.png: cannot read "none.png": No such file or directory'
nothing_left

# --extract
mkdir box && cd box || exit 1
run --extract '../fig 3.pdf'
status_is 0
out_is 'data/note (1).txt
data/weights.csv
main.lua
parts/build.lua
scale.lua'
for file in main.lua parts/build.lua scale.lua data/weights.csv 'data/note (1).txt'; do
  cmp -s "$file" "../../first/$file" || fail "$file was not extracted"
done
run --extract ../main.png
status_is 0; out_has 'main.lua (is there already)'
echo '-- mine' >scale.lua
run --extract ../main.svg
status_is 1; err_is 'izhlua: scale.lua is there already, and another one; nothing was written over it'
[ "$(cat scale.lua)" = '-- mine' ] || fail 'scale.lua was written over'
printf 'expect Replace it? [y/N] \nsend n\\n\n' >../dialog
on_terminal --extract ../main.svg <../dialog
[ "$(cat scale.lua)" = '-- mine' ] || fail 'scale.lua was written over after "n"'
printf 'expect Replace it? [y/N] \nsend y\\n\n' >../dialog
on_terminal --extract ../main.svg <../dialog
status_is 0
[ "$(cat scale.lua)" = 'return 2' ] || fail 'scale.lua was not written over after "y"'
rm -r parts && mkdir ../outside && ln -s ../outside parts
run --extract ../main.svg
status_is 1; err_has "it is outside of the sandbox's folder"
[ -z "$(ls -A ../outside)" ] || fail 'a file was written outside'
cd ..

# what a stranger's script tries
cd ../first || exit 1
script evil <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
net:population("E", 2, "RS")
net:run(1)
net:raster("evil.svg")
print("secret", io.open(SECRET or "/etc/passwd"))
os.execute("touch " .. (TOUCHED or "/tmp/izhlua-touched"))
END
echo secret >"$work/secret"
run -e "SECRET, TOUCHED = '$work/secret', '$work/touched'" evil.lua
[ -e "$work/touched" ] && rm "$work/touched"
run evil.svg
status_is 1
out_has "secret	nil	$work/secret: it is outside of the sandbox's folder"
err_has 'os.execute: not allowed in a sandbox'
out_has 'evil.svg: the same to the byte'
err_has 'izhlua: evil.svg: the script has failed (exit code 1)'
[ ! -e "$work/touched" ] || fail 'it got out'
run --trust evil.svg
status_is 0
[ -e "$work/touched" ] || fail '--trust is a sandbox'

# a file that is too large to be carried, one that changes, one from elsewhere, one that the script makes itself
cat >large.lua <<'END'
local izh = require "izhlua"
local times = izh.read("large.csv").t
local file = io.open("made.csv", "w")
file:write("t\n1\n")
file:close()
local made = izh.read("made.csv")
izh.figure{ izh.curve{ x = times:slice(1, 10), y = times:slice(1, 10) } }:save("large.pdf")
END
awk 'BEGIN { print "t"; for (i = 0; i < 60000; i++) print i }' >large.csv
run large.lua
status_is 0
[ "$(wc -c <large.pdf)" -lt 30000 ] || fail 'the large file is in the figure'
pdfdetach -list large.pdf >../list
grep -q made.csv ../list && fail 'what the script made is in the figure'
rm made.csv
run large.pdf
status_is 0; out_has 'large.pdf: the same to the byte'
echo 0 >>large.csv
run large.pdf
status_is 1
err_has 'large.csv is not the one that the script read when it made large.pdf'
rm large.csv
run large.pdf
status_is 1
err_has 'izhlua: large.pdf does not carry large.csv (348892 bytes): it is missing beside the figure'
err_has 'izhlua: large.pdf: the script made no figure .pdf'

cat >elsewhere.lua <<'END'
local izh = require "izhlua"
io.open("../elsewhere.txt")
local log = io.open("changing.txt")
io.open("changing.txt", "a"):write("more\n"):close()
izh.figure{ izh.curve{ x = { 1, 2 }, y = { 1, 2 } } }:save("elsewhere.svg")
END
echo here >../elsewhere.txt
echo begun >changing.txt
run elsewhere.lua
status_is 0
run elsewhere.svg
status_is 1
err_has 'izhlua: elsewhere.svg does not carry elsewhere.txt, which was outside of the folder of the script'
err_has 'izhlua: elsewhere.svg does not carry changing.txt, which was changed while the script ran'
err_has '  there: file outside '

# a sweep: what its workers load; a script that is called through its own folder; a module of LUA_PATH
mkdir -p sub lib
echo 'return { value = 3 }' >sub/late.lua
echo 'return "from afar"' >lib/afar.lua
echo 1 >sub/near.txt
cat >sub/sweep.lua <<'END'
local izh = require "izhlua"
local near = io.open("sub/near.txt"):read("n")
local dose = izh.sweep{ over = { x = { 1, 2, 3 } }, run = function(case)
  return { y = case.x * require("late").value, n = #require("afar") * near }
end }
dose:plot("sub/sweep.pdf")
END
LUA_PATH="$PWD/lib/?.lua;;" run sub/sweep.lua
status_is 0
pdfdetach -list sub/sweep.pdf >../list
grep -q 'sub_late.lua' ../list && grep -q 'sub_afar.lua' ../list || fail "pdfdetach: $(cat ../list)"
run sub/sweep.pdf
status_is 0; out_has 'sub/sweep.pdf: the same to the byte'

# none of it
echo 'izh = require "izhlua" net = izh.network{} net:population("E", 1, "RS") net:run(1)' >i.lua
echo 'net:raster("typed.svg")' | run -i i.lua
run typed.svg
status_is 1; err_has 'typed.svg: it carries no script: '
run -e 'izh = require "izhlua" net = izh.network{} net:population("E", 1, "RS") net:run(1) net:raster("e.pdf")'
run e.pdf
status_is 1; err_has 'e.pdf: it carries no script: '
echo 'izh = require "izhlua" net = izh.network{} net:population("E", 1, "RS") net:run(1) for _, a in ipairs{ true, false } do net:raster(a and "a.eps" or "a.pdf", { attach = a }) end' >none.lua
run none.lua
status_is 0
pdfdetach -list a.pdf | grep -q '^0 embedded' || fail 'attach = false attaches'
run a.pdf
status_is 1; err_has 'a.pdf: it carries no script: '
run a.eps
status_is 1; err_is 'izhlua: a.eps: it is no PDF, PNG or SVG'
run -e 'izh = require "izhlua" izh.figure{ attach = 1, izh.curve{ x = { 1 }, y = { 1 } } }'
status_is 1; err_begins '(command line):1: figure: attach must be true or false (got 1)'

# the command line
run --seed 3 e.pdf
status_is 2; err_begins 'izhlua: a figure is run again as it was made, without --seed'
run e.pdf x=3
status_is 2; err_begins 'izhlua: a figure is run again as it was made, without x=3'
run --extract main.lua
status_is 2; err_begins 'izhlua: a figure (.pdf, .svg, .png) is wanted by --extract'
run --trust --time 5s e.pdf
status_is 2; err_begins 'izhlua: --sandbox is wanted by --time'

# Ctrl-C, and a limit of time
cat >slow.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 1 }
net:population("E", 2, "RS")
net:run(1)
local slow = io.open("slow")
net:raster("slow.png")
print("saved")
io.stdout:flush()
while slow do end
END
echo >slow
timeout -s INT 1 env --default-signal=INT "$IZHLUA" slow.lua >out 2>err
out_is saved
timeout --foreground -s INT 1 env --default-signal=INT "$IZHLUA" slow.png >out 2>err
status=$? said='Ctrl-C in izhlua slow.png'
status_is 124; out_is saved; err_has 'interrupted'
nothing_left
run --time 1s slow.png
status_is 142
nothing_left
finish
