"""Files that a stranger may have made: they end nothing, take no more memory than their size allows, and read no other file.

HDF5 does not take damage well: in damaged/ is a file in which it goes round for ever, and one that makes it crash."""
import copy
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

import h5py
import numpy as np

izhlua = sys.argv[1]
damaged = os.path.join(os.path.dirname(os.path.abspath(__file__)), "damaged")
failures = 0


def check(condition, what):
    global failures
    if not condition:
        failures += 1
        print("FAILED:", what)


def run(expression, space=None):
    """What the error of an expression says, the exit code, and the most memory that it took, in MB."""
    def limit():
        if space:
            resource.setrlimit(resource.RLIMIT_AS, (space, space))
    script = "local izh = require 'izhlua' print(select(2, pcall(%s)))" % expression
    process = subprocess.Popen([izhlua, "-e", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               preexec_fn=limit)
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    return said.strip(), status, usage.ru_maxrss / 1024


def is_refused(expression, words, space=None):
    said, status, megabytes = run(expression, space)
    check(status == 0 and words in said, "%s: %s, status %d" % (expression, said, status))
    check(megabytes < 500 or space or os.environ.get("ASAN_OPTIONS"), "%s took %d MB" % (expression, megabytes))


def spikes(path, **keys):
    with h5py.File(path, "w") as file:
        group = file.create_group("spikes/V1")
        group["node_ids"] = np.array([0, 1], dtype=np.uint64)
        if keys:
            group.create_dataset("timestamps", **keys)
        else:
            group["timestamps"] = np.array([1.0, 2.0])


def test_damage():
    for name, words in (("crashes", "failed (signal"), ("hangs", "takes too long")):
        is_refused("izh.spikes, %r" % os.path.join(damaged, name + ".h5"), words)
    process = subprocess.Popen([izhlua, "-e", "require('izhlua').spikes(%r)" % os.path.join(damaged, "hangs.h5")],
                               stderr=subprocess.PIPE)
    time.sleep(0.5)
    begin = time.monotonic()
    process.send_signal(signal.SIGINT)
    process.communicate()
    check(process.returncode == 130 and time.monotonic() - begin < 3, "Ctrl-C while HDF5 hangs")


def test_sizes():
    spikes("huge.h5", shape=(10**9,), dtype="f8", chunks=(1000,))
    is_refused("izh.spikes, 'huge.h5'", "timestamps should have 1000000000 items, and the file holds 0 bytes of them")
    spikes("fine.h5", data=np.zeros(10**6), chunks=(10000,), compression="gzip")
    said = run("izh.read, 'fine.h5'")[0]
    check(said.startswith("table"), "compressed numbers: " + said)
    # 8 arrays of bytes, which are doubles in memory: each fits, all do not
    np.savez_compressed("many.npz", **{"a%d" % k: np.zeros(2 * 10**7, dtype=np.int8) for k in range(8)})
    if not os.environ.get("ASAN_OPTIONS"):
        is_refused("function() return izh.read('many.npz').a7 end", "needs", space=900 * 10**6)
    # members that share their bytes
    with zipfile.ZipFile("shared.npz", "w") as archive:
        archive.writestr("a.npy", one())
        for k in range(5):
            again = copy.copy(archive.filelist[0])
            again.filename = "a%d.npy" % k
            archive.filelist.append(again)
            archive.NameToInfo[again.filename] = again
    is_refused("izh.read, 'shared.npz'", "the file is damaged")


def one():
    np.save("one.npy", np.arange(1000.0))
    with open("one.npy", "rb") as file:
        return file.read()


def test_other_files():
    spikes("inside.h5")
    with open("secret", "wb") as file:
        file.write(np.arange(2.0).tobytes())
    spikes("external.h5", shape=(2,), dtype="f8", external=[(os.path.abspath("secret"), 0, h5py.h5f.UNLIMITED)])
    is_refused("izh.spikes, 'external.h5'", "the numbers of timestamps are in another file")
    with h5py.File("link.h5", "w") as file:
        file["spikes"] = h5py.ExternalLink("inside.h5", "/spikes")
    is_refused("izh.spikes, 'link.h5'", "cannot read")
    with h5py.File("links.h5", "w") as file:
        group = file.create_group("spikes/V1")
        group["node_ids"] = np.array([0, 1], dtype=np.uint64)
        group["timestamps"] = h5py.ExternalLink("inside.h5", "/spikes/V1/timestamps")
    is_refused("izh.spikes, 'links.h5'", "timestamps")
    with h5py.File("virtual.h5", "w") as file:
        group = file.create_group("spikes/V1")
        group["node_ids"] = np.array([0, 1], dtype=np.uint64)
        layout = h5py.VirtualLayout(shape=(2,), dtype="f8")
        layout[:] = h5py.VirtualSource("inside.h5", "spikes/V1/timestamps", shape=(2,))
        group.create_virtual_dataset("timestamps", layout)
    is_refused("izh.spikes, 'virtual.h5'", "the numbers of timestamps are in another file")
    with h5py.File("soft.h5", "w") as file:
        file["spikes"] = h5py.SoftLink("/spikes")
        file["deep"] = h5py.SoftLink("/../../etc/passwd")
    is_refused("izh.spikes, 'soft.h5'", "cannot read")


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    test_other_files()
    test_sizes()
    test_damage()
sys.exit(failures > 0)
