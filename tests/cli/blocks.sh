. "$(dirname "$0")/lib.sh"

# Every block of Lua and of shell of every page runs without an error and without a remark (but for one about steps,
# on the page about these). A block without
# `require "izhlua"` comes after tests/blocks/fifty.lua, or after another file there that a comment on the line before it
# names: <!-- after cells -->. A block that cannot run says why: <!-- not run: … -->. These pages have tests of their own,
# which compare what the scripts print, too: cli.tutorial, cli.coming, cli.others, cli.gallery, cli.figures.
own=' tutorial.md teaching.md coming-from-brian2.md coming-from-nest.md coming-from-pynn.md files-from-others.md gallery.md '
tests=$(cd "$(dirname "$0")/.." && pwd)
mkdir bin && ln -s "$IZHLUA" bin/izhlua
export PATH="$work/bin:$PATH" SLURM_ARRAY_TASK_ID=1
echo 'print(1)' >one_cell.lua
cp one_cell.lua script.lua
cp "$EXAMPLES/raise_inhibition.lua" .
run raise_inhibition.lua # some blocks are about its figure
status_is 0
mkdir frames box && cp script.lua box

limit=60 # seconds of a block
[ -z "$SANITIZE" ] || limit=120
n=0
for page in "$tests"/../README.md "$tests"/../CONTRIBUTING.md "$tests"/../docs/*.md; do
  page_name=$(basename "$page")
  case $own in *" $page_name "*) languages='sh' ;; *) languages='lua sh' ;; esac
  rm -f block.*
  # block.N.lua: the N-th block; block.N.after: what it comes after
  awk -v languages=" $languages " '
    /^ *```/ && in_block { in_block = 0; close(name); next }
    /^ *```/ {
      language = $0; sub(/^ *```/, "", language)
      in_block = 1; name = ""
      if (language != "" && index(languages, " " language " ") && above !~ /^ *<!-- not run: .* -->$/) {
        name = sprintf("block.%d.%s", FNR, language)
        printf "" >name
        if (above ~ /^ *<!-- after .* -->$/) { split(above, words); print words[3] >name ".after"; close(name ".after") }
      }
      next
    }
    in_block && name { print >name }
    !in_block && NF { above = $0 }' "$page"
  for block in $(ls | grep -E '^block\.[0-9]+\.(lua|sh)$' | sort -t. -k2n); do
    said="$page_name, line $(echo "$block" | cut -d. -f2)"
    n=$((n + 1))
    case $block in
      # leaks cannot be looked for in a sandbox
      *.sh) ASAN_OPTIONS="${ASAN_OPTIONS-}:detect_leaks=0" timeout $limit sh -eu "$block" >out 2>err ;;
      *)
        script=$(sed -n '1s/^-- \([a-z_0-9]*\.lua\).*/\1/p' "$block")
        [ -z "$script" ] || cp "$block" "$script"
        if ! grep -q 'require "izhlua"' "$block"; then
          after=$(cat "$block.after" 2>/dev/null || echo fifty)
          case $after in ran*) cat "$tests/blocks/fifty.lua" ;; esac >whole.lua # which then has run
          cat "$tests/blocks/$after.lua" "$block" >>whole.lua
          mv whole.lua "$block"
        fi
        set --
        ! grep -q '{ \.\.\. }' "$block" || set -- *.shard-*.csv # what the block above it left
        timeout $limit "$IZHLUA" "$block" "$@" >out 2>err ;;
    esac
    status=$?
    status_is 0
    case $block in
      *.lua) ! grep -v 'where the scheme is not stable' err || fail 'it says something' ;;
    esac
  done
done
[ "$n" -ge 25 ] || fail "there are only $n blocks"
finish
