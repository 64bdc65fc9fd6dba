. "$(dirname "$0")/lib.sh"

# docs/tutorial.md: each script prints what stands below it, in order, in one folder.
tests=$(dirname "$0")/..
"$tests"/../scripts/blocks "$tests"/../docs/tutorial.md
scripts=0
for script in *.lua; do
  [ "$script" = fifty.lua ] && continue
  scripts=$((scripts + 1))
  run "$script"
  status_is 0; err_is ''
  cmp -s out "${script%.lua}.txt" || fail "the page says $(cat "${script%.lua}.txt")"
done
[ "$scripts" -ge 15 ] || fail "there are only $scripts scripts"
finish
