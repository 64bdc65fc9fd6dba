"""Called by bench/run: measures and prints, and with --out keeps all numbers.

Seconds are of the wall clock, the median of the runs of both sides in turn. build: from the start of the process until the
network can run, compilation apart (it is cached by a small run before, which is not counted). run: the network's time alone,
by the program's own clock where it says it (a run of W1 takes a ms); of W8 the sweep, of W9 and W10 what is done with the
spikes. process: all, the figure of w1 included. MB: peak of the process. A ratio is Brian2's number by ours. Rates are printed, and
must agree up to what random networks differ by.

Of izhlua alone: synaptic events (spikes that arrived, at each synapse) a second of the run; ns of delivery for each of them;
ns for each neuron and step of all else (noise, currents, update), as net:profile() says; bytes of a synapse; and which share
of the bandwidth of a plain read, measured in the same run, the delivery of these bytes takes.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from stamp import stamp

HERE = os.path.dirname(os.path.abspath(__file__))
BIN = os.path.join(HERE, "..", "build", "release", "bin")
IZHLUA, STREAM, PYTHON = os.path.join(BIN, "izhlua"), os.path.join(BIN, "stream"), "/usr/bin/python3"
BRIAN2, NUMPY = "brian2_side.py", "numpy_side.py"

# script and arguments of ours, those of the peer and of a small run of it that compiles the same code (None: it compiles
# nothing); how much the rates of two random networks may differ
WORKLOADS = {
    "w1": (["w1.lua"], [BRIAN2, "w1"], [BRIAN2, "w1"], 0.5),
    "w2": (["w2.lua"], [BRIAN2, "w2"], [BRIAN2, "w2", "1000", "10"], 0.1),
    "w3": (["w3.lua"], [BRIAN2, "w3"], [BRIAN2, "w3", "1000", "10"], 0.1),
    "w4b": (["w4.lua", "10000", "2000"], [BRIAN2, "w4", "10000", "2000"], [BRIAN2, "w4", "2000", "10"], 0.1),
    "w4": (["w4.lua", "100000", "1000"], [BRIAN2, "w4", "100000", "1000"], [BRIAN2, "w4", "2000", "10"], 0.1),
    "w5": (["w5.lua"], [BRIAN2, "w5"], [BRIAN2, "w5", "1000", "10"], 0.1),
    "w6": (["w2.lua", "exact"], [BRIAN2, "w6"], [BRIAN2, "w6", "1000", "10"], 0.1),
    "w7": (["w2.lua", "recorded"], [BRIAN2, "w7"], [BRIAN2, "w7", "1000", "10"], 0.1),
    "w8": (["w8.lua"], [BRIAN2, "w8"], [BRIAN2, "w8", "50", "1000"], 0.1),
    "w9": (["w9.lua"], [NUMPY, "w9"], None, 0.1),
    "w10": (["w9.lua", "raster"], [NUMPY, "w10"], None, 0.1),
}


def run(command, cpus):
    """What the last line of output says, with the times of the lines "built" and "done" and of the end, and the peak of
    memory. made is build without the start of the process, where that is known."""
    read, write = os.pipe()
    began = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        os.dup2(write, 1)
        os.sched_setaffinity(0, cpus)
        os.environ["OPENBLAS_NUM_THREADS"] = "1" # else numpy begins threads that wait for work
        os.environ["PYTHONWARNINGS"] = "ignore"
        os.chdir(HERE)
        os.execv(command[0], command)
    os.close(write)
    at, last = {}, None
    with os.fdopen(read) as output:
        for line in output:
            at[line.strip()] = time.perf_counter() - began
            last = line
    _, status, usage = os.wait4(pid, 0)
    process = time.perf_counter() - began
    if status != 0 or "done" not in at:
        sys.exit("failed: " + " ".join(command))
    said = json.loads(last)  # ours says its own time of the run: two lines a millisecond apart may be read together
    order = list(at.items())
    pieces = {name: t - order[k - 1][1] for k, (name, t) in enumerate(order) if name.split()[-1] in ("written", "read")}
    return {**said, "pieces": pieces, "build": at["built"], "made": at["built"] - at.get("begun", 0),
            "run": said.get("run", at["done"] - at["built"]), "process": process, "MB": usage.ru_maxrss / 1024}


def median(runs, key):
    return statistics.median(r[key] for r in runs)


def busy_ticks():
    with open("/proc/stat") as file:
        lines = [line.split() for line in file if line.startswith("cpu") and line[3].isdigit()]
    return {int(line[0][3:]): sum(map(int, line[1:4])) + sum(map(int, line[6:9])) for line in lines}


def quiet_cpu(allowed):
    """The processor that does least in half a second, and what share of it."""
    before = busy_ticks()
    time.sleep(0.5)
    after = busy_ticks()
    busy = {cpu: (after[cpu] - before[cpu]) / (0.5 * os.sysconf("SC_CLK_TCK")) for cpu in allowed}
    cpu = min(busy, key=busy.get)
    if max(busy.values()) > 0.1:
        print("The machine is busy (%s): these numbers are not to be trusted." %
              ", ".join("processor %d: %.0f %%" % (c, 100 * b) for c, b in sorted(busy.items())))
    return cpu


def stream(threads, cpus):
    """GB/s of a plain read."""
    output = subprocess.run([STREAM, str(threads)], capture_output=True, text=True, check=True,
                            preexec_fn=lambda: os.sched_setaffinity(0, cpus)).stdout
    return float(output)


def ours(name, threads, cpus):
    return run([IZHLUA, "--threads", str(threads), *WORKLOADS[name][0]], cpus)


def rate(runs):
    return 1000 * median(runs, "spikes") / median(runs, "neurons") / median(runs, "ms")


def print_pieces(names, sides):
    for name in names:
        for piece in sides[name][0][0]["pieces"]:
            a, b = (statistics.median(r["pieces"][piece] for r in side) for side in sides[name])
            print("%-4s %-14s %9.3f %6.3f s %7.1f" % (name, piece, a, b, b / a))


def details(name, runs, bandwidth):
    """The columns of izhlua alone."""
    r = {key: median(runs, key) for key in ("bytes", "synapses", "events", "delivery", "run", "update", "updates")}
    if r["events"] == 0:
        return "%-4s %9s %10s %10.2f %10s %10s %8s  " % (name, "", "", 1e9 * r["update"] / r["updates"], "", "", "")
    synapse = r["bytes"] / r["synapses"]
    moved = 1e-9 * synapse * r["events"] / r["delivery"]
    return "%-4s %9.3g %10.2f %10.2f %10.1f %10.1f %8.0f %%" % (
        name, r["events"] / r["run"], 1e9 * r["delivery"] / r["events"], 1e9 * r["update"] / r["updates"], synapse, moved,
        100 * moved / bandwidth)


DETAILS = "     events/s   ns/event  ns/update  B/synapse       GB/s  of read"


def compare(names, n_runs, cpu):
    """Both sides in turn on one processor; returns the runs of both."""
    print("\nOn one core (processor %d)\n" % cpu)
    print("           build s            run s       process s              MB         rate Hz          peer by izhlua")
    print("     izhlua   peer    izhlua   peer   izhlua   peer   izhlua   peer   izhlua   peer    build    run process   MB")
    found, differ = {}, []
    for name in names:
        theirs = lambda arguments: run([PYTHON, *arguments], {cpu})
        if WORKLOADS[name][2]:
            theirs(WORKLOADS[name][2])
        sides = ([], [])
        for _ in range(n_runs):
            sides[0].append(ours(name, 1, {cpu}))
            sides[1].append(theirs(WORKLOADS[name][1]))
        row, ratios = "", []
        for key, digits in (("build", 3), ("run", 4), ("process", 3), ("MB", 0)):
            a, b = (median(side, key) for side in sides)
            row += "%*.*f %6.*f" % (9 + digits // 4, digits if a < 10 else digits // 2, a, min(digits, 3) if b < 10 else digits // 2, b)
            ratios.append(b / a)
        a, b = map(rate, sides)
        if abs(a - b) > WORKLOADS[name][3] * max(a, b):
            differ.append(name)
        print("%-3s %s%9.2f %6.2f  %7.1f %6.1f %7.1f %5.1f" % (name, row[1:], a, b, *ratios), flush=True)
        found[name] = sides
    print_pieces(names, found)
    if differ:
        sys.exit("The rates of %s differ: the sides do not run the same network." % ", ".join(differ))
    return found


def on_all(names, n_runs, allowed, one, cpu):
    """What is known of izhlua alone, on one processor and, if there are several, on all: returns the runs there, with one
    thread and with all in turn."""
    detailed = [name for name in names if "events" in one[name][0]]
    if detailed:
        bandwidth = stream(1, {cpu})
        print("\nizhlua on one core; a plain read there: %.1f GB/s\n\n%s" % (bandwidth, DETAILS))
    for name in detailed:
        print(details(name, one[name], bandwidth))
    n, several = len(allowed), {}
    if n == 1:
        return several
    print("\nizhlua on all %d; a plain read there: %.1f GB/s\n" % (n, stream(n, allowed)))
    print("     threads  build s    run s    MB   one core by all: build  run")
    for name in names:
        pairs = [(ours(name, 1, {cpu}), ours(name, n, allowed)) for _ in range(n_runs)]
        alone, runs = several[name] = list(zip(*pairs))
        print("%-4s %7.0f %8.3f %8.4f %5.0f %23.2f %4.2f" % (
            name, median(runs, "threads") if "threads" in runs[0] else n, median(runs, "build"), median(runs, "run"),
            median(runs, "MB"), median(alone, "build") / median(runs, "build"), median(alone, "run") / median(runs, "run")),
            flush=True)
    return several


def growth(allowed):
    """Ours over neurons and synapses of a neuron, on one core and on all: growth.csv, which growth.lua draws."""
    free = 1024 * int(next(line for line in open("/proc/meminfo") if line.startswith("MemAvailable")).split()[1])
    cpu = quiet_cpu(allowed)
    path = os.path.join(HERE, "growth.csv")
    with open(path + ".new", "w") as file:
        print("threads,N,K,build_s,run_s,ms,spikes,events,event_ns,update_ns,synapse_ns,synapse_bytes,MB", file=file)
        print("threads        N      K  build s    run s  Hz  ns/event  ns/update  build ns/synapse  B/synapse     MB")
        for threads in sorted({1, len(allowed)}):
            cpus = {cpu} if threads == 1 else allowed
            for N in (1000, 3000, 10000, 30000, 100000, 300000, 1000000):
                for K in (100, 1000, 10000):
                    if 2 * K > N or N * (500 + 10 * K) > 0.7 * free:
                        continue
                    ms = min(1000, max(50, round(4e10 / (N * K)))) # some 3e8 synaptic events
                    r = run([IZHLUA, "--threads", str(threads), "w4.lua", str(N), str(ms), str(K)], cpus)
                    event, update = 1e9 * r["delivery"] / r["events"], 1e9 * r["update"] / r["updates"]
                    synapse = 1e9 * r["made"] / r["synapses"]
                    print("%d,%d,%d,%.6f,%.6f,%g,%d,%d,%.4f,%.4f,%.4f,%.3f,%.1f" % (
                        threads, N, K, r["build"], r["run"], r["ms"], r["spikes"], r["events"], event, update, synapse,
                        r["bytes"] / r["synapses"], r["MB"]), file=file)
                    print("%7d %8d %6d %8.3f %8.3f %3.0f %9.2f %10.2f %17.2f %10.1f %6.0f" % (
                        threads, N, K, r["build"], r["run"], 1000 * r["spikes"] / N / r["ms"], event, update, synapse,
                        r["bytes"] / r["synapses"], r["MB"]), flush=True)
    os.replace(path + ".new", path)
    subprocess.run([IZHLUA, "growth.lua"], cwd=HERE, check=True)


def main():
    parser = argparse.ArgumentParser(prog="bench/run", description="Times izhlua against Brian2, numpy and matplotlib.")
    parser.add_argument("--runs", type=int, default=3, help="of each side (3)")
    parser.add_argument("--out", help="a file, JSON, for all numbers, the machine, the date and the commit")
    parser.add_argument("what", nargs="*", choices=[[], *WORKLOADS, "growth"], default=[],
                        help="w1 … w10 w4b (all), or growth: ours over N and K")
    options = parser.parse_intermixed_args()
    allowed = os.sched_getaffinity(0)
    if "growth" in options.what:
        if len(options.what) > 1:
            parser.error("growth goes alone")
        growth(allowed)
        return
    names = options.what or list(WORKLOADS)
    cpu = quiet_cpu(allowed)
    sides = compare(names, options.runs, cpu)
    several = on_all(names, options.runs, allowed, {name: sides[name][0] for name in names}, cpu)
    if options.out:
        found = {name: {"izhlua": sides[name][0], "peer": sides[name][1], "in turn": several.get(name, [])} for name in names}
        with open(options.out, "w") as file:
            json.dump({**stamp(HERE), "workloads": found}, file, indent=1)


main()
