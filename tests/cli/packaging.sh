# What an installation has beside the program: the man page, completion, the rock.
. "$(dirname "$0")/lib.sh"
here=$(dirname "$0")/../../packaging
case $here in /*) ;; *) here=$OLDPWD/$here ;; esac

: >out >err
said='the options'
"$IZHLUA" --help | grep -oE -- '^  (-[a-z], )?--?[a-z]*' | grep -oE -- '--?[a-z]*' | sort >options
[ "$(wc -l <options)" -ge 10 ] || fail 'there are too few in --help'
sed -n '/^\.SH OPTIONS/,/^\.SH ENV/s/\\-/-/gp' "$here/izhlua.1" | grep -E '^\.B' | grep -oE -- '--?[a-z]*' | sort -u >page
cmp -s options page || fail "the man page has others: $(diff options page)"
for shell in _izhlua izhlua.fish; do
  while read -r option; do
    [ "$option" = -- ] && continue
    name=${option#-}
    grep -qE -- "([ '{,*]|^)($option|-[sl] ${name#-})[][ ',}]" "$here/completion/$shell" || fail "$shell has no $option"
  done <options
done

said='a program from the rock'
grep -q "version = \"$VERSION-1\"" "$here/../izhlua-$VERSION-1.rockspec" || fail 'it has another version'

# the parameters of a script are read from its text; it is not run
cat >script.lua <<'END'
local izh = require "izhlua"
local p = izh.parameters{ inhibition = { 3, "factor" }, -- fake = { 1 }
  doses = { { 0, 1 }, "list" }, T = { 1000, "ms" },
}
io.open("it_ran", "w"):close()
END
run "$here/completion/parameters.lua" script.lua
status_is 0; out_is 'inhibition
doses
T'
[ ! -e it_ran ] || fail 'the script was run'
# and the values of one that has few
cat >choices.lua <<'END'
local p = izh.parameters{ cell = { "RS", "cell", choices = { "RS", 'FS', "my cell" } }, n = { 5, choices = { 1, 5 } },
  plot = { false, "draw" }, T = { 1000, "ms", min = 1, max = 5 } }
END
run "$here/completion/parameters.lua" choices.lua cell; out_is 'RS
FS
my cell'
run "$here/completion/parameters.lua" choices.lua n; out_is '1
5'
run "$here/completion/parameters.lua" choices.lua plot; out_is 'true
false'
run "$here/completion/parameters.lua" choices.lua T; out_is ''
run "$here/completion/parameters.lua" missing.lua
status_is 0; out_is ''

# what bash offers
if command -v bash >/dev/null; then
  said='completion in bash'
  "$CMAKE" --install "$BUILD" --prefix "$work/prefix" >/dev/null
  cat >offers.bash <<'END'
source "$1"; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }
_izhlua; printf '%s\n' "${COMPREPLY[@]}"
END
  offers() { PATH=$work/prefix/bin:$PATH bash offers.bash prefix/share/bash-completion/completions/izhlua izhlua "$@" >out 2>err; }
  offers --se; out_is --seed
  offers --seed 4 scr; out_is script.lua
  offers script.lua inh; out_is inhibition=
  offers choices.lua cell = F; out_is FS
  offers choices.lua cell =; out_is 'RS
FS
my\ cell'
  offers choices.lua T = 5; out_is ''
  offers script.lua ''; out_is 'inhibition=
doses=
T=
--help'
fi

finish
