. "$(dirname "$0")/lib.sh"

cat >made.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
net:population("E", 2, "RS")
local other = izh.network{ seed = 8 }
other:population("E", 2, "RS")
net:run(1)
other:run(1)
for _, ending in ipairs{ "pdf", "svg", "png" } do
  net:raster("one." .. ending, { title = "a <title>", author = AUTHOR })
  izh.figure{ izh.raster(net), izh.raster(other), izh.raster(net) }:save("two." .. ending)
end
END
sum=$(sha256sum made.lua | cut -d' ' -f1)
export SOURCE_DATE_EPOCH=1700000000
unset IZHLUA_AUTHOR

# has file text: byte for byte
has() { grep -qaF -- "$2" "$1" || fail "$1 has no \"$2\""; }

run --threads 2 -e 'AUTHOR = "Ada"' ./made.lua rate=2 'two words' "it's"
status_is 0
subject="made.lua, SHA-256 $sum, seed 7"
command="izhlua -e 'AUTHOR = \"Ada\"' made.lua rate=2 'two words' 'it'\\''s'"
has one.pdf "($subject)"
has one.pdf '(a <title>)'; has two.pdf '(made.lua)'
has one.pdf '/Author (Ada)'
has one.pdf "/Creator (izhlua $VERSION)"
has one.pdf 20231114221320Z
has one.png "iTXtDescription"; has one.png "$subject"; has one.png "$command"; has one.png "izhlua $VERSION"
has one.svg "<dc:description>$subject</dc:description>"
has one.svg '<title>a &lt;title&gt;</title>'; has two.svg '<title>made.lua</title>'
has one.svg '<dc:creator>Ada</dc:creator>'
has one.svg "<dc:source>izhlua -e &apos;AUTHOR = &quot;Ada&quot;&apos; made.lua rate=2 &apos;two words&apos; &apos;it&apos;\\&apos;&apos;s&apos;</dc:source>"
has two.svg "SHA-256 $sum, seeds 7, 8<"

# the same from another folder, on other threads, seen by nobody or by somebody: the same bytes
mkdir before && mv one.* two.* before
run --threads=1 -e 'AUTHOR = "Ada"' "$work/made.lua" rate=2 'two words' "it's"
for file in one.pdf one.svg one.png two.pdf two.svg two.png; do
  cmp -s "$file" "before/$file" || fail "$file depends on the folder or the threads"
done

# the author of the environment; what is no text; no author
IZHLUA_AUTHOR='Grace é' run made.lua
has one.svg '<dc:creator>Grace é</dc:creator>'
run made.lua "$(printf 'a\377\001b')"
status_is 0
has one.svg "<dc:source>izhlua made.lua &apos;a? b&apos;</dc:source>"
! grep -q 'dc:creator' one.svg || fail 'an author from nowhere'

# the script as it was when it began, another seed, no script at all
cat >edits.lua <<'END'
local izh = require "izhlua"
local net = izh.network{ seed = 7 }
net:population("E", 2, "RS")
net:run(1)
io.open("edits.lua", "a"):write("-- later\n"):close()
net:raster("edits.svg")
END
sum=$(sha256sum edits.lua | cut -d' ' -f1)
run --seed 9 edits.lua
has edits.svg "<dc:description>edits.lua, SHA-256 $sum, seed 9</dc:description>"
has edits.svg '<dc:source>izhlua --seed 9 edits.lua</dc:source>'
run -e 'izh = require "izhlua" net = izh.network{} net:population("E", 1, "RS") net:run(1) net:raster("e.svg")'
status_is 0; has e.svg '<dc:description>seed 1</dc:description>'
run - <edits.lua
status_is 0; has edits.svg '<dc:description>seed 7</dc:description>'

run -e 'izh = require "izhlua" net = izh.network{} net:population("E", 1, "RS") net:run(1) net:raster("e.svg", { author = 3 })'
status_is 1; err_begins '(command line):1: raster: author must be a string (got 3)'
finish
