# For the tests on several ranks, as mpirun starts them: lib.sh, and a function.
. "$(dirname "$0")/lib.sh"

[ -e "$BUILD/lib/izhlua/mpi.so" ] || { echo 'izhlua was built without MPI'; exit 77; }
command -v mpirun >/dev/null || { echo 'there is no mpirun'; exit 77; }
export SOURCE_DATE_EPOCH=0
# No ssh is wanted for ranks on one machine, nor what a container may forbid. What MPI and its modules keep until the
# end is not ours: the search for leaks is for the tests without MPI.
export OMPI_MCA_plm=isolated OMPI_MCA_btl_vader_single_copy_mechanism=none OMPI_MCA_rmaps_base_oversubscribe=1
# In /tmp, where Open MPI has a folder for all that a user runs, one that begins fails at times ("mkdir: File exists")
# because another one ends, which removes the folder.
export OMPI_MCA_orte_tmpdir_base="$work"
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"

# mpi n arguments…: leaves $status, out and err as run does; err without what mpirun itself says of exit codes. That it
# waits no second before it kills what has ended makes it quicker.
mpi() {
  ranks=$1; shift
  said="mpirun -n $ranks izhlua $*"
  timeout ${seconds:-180} mpirun --mca odls_base_sigkill_timeout 0 --allow-run-as-root --oversubscribe -n "$ranks" "$IZHLUA" "$@" \
    >out 2>all
  status=$?
  sed '/^-----/,/^-----/d' all >err
}

# alone script arguments…: runs a script without ranks, in a folder of its name
alone() {
  script=$1; shift
  mkdir "$script"; cd "$script" || exit 1
  cp ../*.lua .
  run --threads 1 "$script.lua" "$@"
  mv out "../$script.out"; mv err "../$script.err"; cd ..
  cp "$script.out" out; cp "$script.err" err
  status_is 0
}

# same script ranks threads arguments…: what it prints and saves on ranks is what it did alone
same() {
  script=$1 number=$2 threads=$3; shift 3
  rm -rf ranks; mkdir ranks; cd ranks || exit 1
  cp ../*.lua .
  mpi "$number" --threads "$threads" "$script.lua" "$@"
  mv out err ..; rm all; cd ..
  status_is 0
  cmp -s "$script.out" out || { diff "$script.out" out >different; head -n 20 different >out; fail 'it prints something else'; }
  cmp -s "$script.err" err || fail "its errors were \"$(cat "$script.err")\""
  diff -r "$script" ranks >different || fail "its files are not the same: $(head -n 9 different)"
}

# What scripts use to say what there is.
cat >tools.lua <<'END'
izh = require "izhlua"
local function digest(...)
  local hash = 0x6bf29ce484222325
  for _, vector in ipairs{ ... } do
    for i = 1, #vector do
      for c in ("%.17g "):format(vector[i]):gmatch "." do hash = (hash ~ c:byte()) * 1099511628211 end
    end
  end
  return ("%016x"):format(hash)
end
-- what there is to compare: spikes, and the state of all neurons
function report(name, net, recordings)
  local s, state = net:spikes(), {}
  for _, p in ipairs(net.populations) do
    for _, name in ipairs{ "v", "u" } do
      local has, values = pcall(p.get, p, name) -- sources have no state, and some models no u
      if has then state[#state + 1] = values end
    end
  end
  for _, r in ipairs(recordings or {}) do
    for _, variable in ipairs(r.variables) do
      for k = 1, r.n do state[#state + 1] = r.mean and r.of:values(variable) or r.of:values(variable, k) end
    end
  end
  print(name, s.size, digest(s:times(), s:senders()), digest(table.unpack(state)), net)
end
END
