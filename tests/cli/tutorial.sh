. "$(dirname "$0")/lib.sh"

# docs/tutorial.md and docs/teaching.md: each script prints what stands below it, in order, in one folder.
tests=$(dirname "$0")/..
for page in tutorial teaching; do
  mkdir "$page" && cd "$page" || exit 1
  "$tests"/../scripts/blocks "$tests/../docs/$page.md"
  scripts=0
  for script in *.lua; do
    [ "$script" = fifty.lua ] && continue
    scripts=$((scripts + 1))
    run "$script"
    status_is 0; err_is ''
    cmp -s out "${script%.lua}.txt" || fail "the page says $(cat "${script%.lua}.txt")"
  done
  [ "$scripts" -ge 10 ] || fail "there are only $scripts scripts"
  cd "$work" || exit 1
done
finish
