. "$(dirname "$0")/lib.sh"

# bench/compare measures two builds in turn, and keeps what it measured.
compare() {
  said="bench/compare $*"
  /usr/bin/python3 "$EXAMPLES/../bench/compare" "$@" >out 2>err
  status=$?
}

compare "$BUILD" "$BUILD" --rounds 2 --out kept.json w1 w10
status_is 0
out_has "w1  50 neurons"; out_has "w10 raster"; out_has " … "
[ "$(grep -c '"unit": "ms"' kept.json)" = 2 ] || fail "kept.json has not two workloads: $(cat kept.json)"
grep -q '"date": "20' kept.json || fail "kept.json has no date"

compare "$BUILD" "$BUILD/none" --rounds 1 w1
status_is 1; err_has "w1 cannot run in $BUILD/none"

# What bench/run measures says when it is built and when it has run, and at its end what it was.
for workload in "w1" "w2 recorded" "w9 raster"; do
  run "$EXAMPLES/../bench/${workload%% *}.lua" $(printf %s "$workload" | cut -s -d " " -f 2)
  status_is 0
  [ "$(head -n 3 out | tr '\n' ' ')" = "begun built done " ] || fail "$workload does not say what it does"
  tail -n 1 out | grep -q '^{"neurons": [0-9]*, .*"spikes": [1-9][0-9]*' || fail "$workload does not say what it was"
done

finish
