. "$(dirname "$0")/lib.sh"

# A program that is ended while it writes leaves the old file or the new one, never a part of one. No other file is
# left, but after KILL: that may come just before the new file, whole as it is, takes the place of the old one. `kills.sh 100` does it so often with each signal and kind of file; CTest says 2.
times=${1:-2}
left=0
export SOURCE_DATE_EPOCH=0
cat >writer.lua <<'END'
local izh = require "izhlua"
local kind, only = ..., os.getenv("ONLY") -- not among the arguments, which figures keep
local function version(n)
  local net = izh.network{ seed = n }
  net:population("E", 20 * n, "RS")
  net:connect(net, net, { weight = izh.uniform(0, 1) })
  net:stimulate(net, izh.noise{ sd = 6 })
  net:record(net, "v")
  net:run(200 * n)
  return net
end
local versions = { version(1), version(2) }
local save = {
  izh = function(net, path) net:save(path) end,
  csv = function(net, path) net:spikes():save(path) end,
  tsv = function(net, path) net.recordings[1]:save(path) end,
  npy = function(net, path) net.recordings[1]:save(path) end,
  npz = function(net, path) net.projections[1]:save(path) end,
  h5 = function(net, path) net:spikes():save(path) end,
}
save = save[kind] or function(net, path) net:raster(path) end
if only then return save(versions[tonumber(only)], only .. "." .. kind) end
for k = 0, math.huge do save(versions[k % 2 + 1], "file." .. kind) end
END

kinds="izh csv tsv npy npz pdf svg png"
ONLY=1 "$IZHLUA" writer.lua h5 >out 2>err && kinds="$kinds h5"
for kind in $kinds; do
  for version in 1 2; do
    export ONLY=$version
    run writer.lua $kind
    status_is 0
  done
  unset ONLY
  for signal in KILL TERM HUP INT; do
    said="kill -$signal of what writes .$kind"
    for n in $(seq "$times"); do
      rm -f file.* .izhlua-*
      env --default-signal=INT,TERM,HUP,PIPE "$IZHLUA" writer.lua $kind >out 2>err &
      writer=$!
      for try in $(seq 500); do
        [ -e file.$kind ] && break
        sleep 0.01
      done
      sleep "0.0$((n * 37 % 10))"
      kill -$signal $writer
      wait $writer 2>/dev/null
      status=$?
      case $signal in KILL) status_is 137 ;; TERM) status_is 143 ;; HUP) status_is 129 ;; INT) status_is 130 ;; esac
      cmp -s file.$kind 1.$kind || cmp -s file.$kind 2.$kind || fail "a part of a file is there"
      for rest in .izhlua-*; do
        [ -e "$rest" ] || continue
        left=$((left + 1))
        [ $signal = KILL ] || fail "$rest is left"
        cmp -s "$rest" 1.$kind || cmp -s "$rest" 2.$kind || fail "a part of a file is left"
      done
    done
  done
done
[ "$times" -le 2 ] || echo "$left whole files were left under a temporary name"
finish
