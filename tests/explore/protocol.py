"""The explorer (izhlua --explore) as a client, or an attacker, meets it: who is answered, what a run says, what ends it.

protocol.py IZHLUA EXAMPLES CHANGES: CHANGES runs are made in a row, to see that nothing grows.
"""
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

IZHLUA, EXAMPLES, CHANGES = sys.argv[1], sys.argv[2], int(sys.argv[3])
(NOTHING, SCRIPT, SEED, COMMAND, DECLARED, DECLARED_END, FIGURE, FIGURE_PART, FIGURE_END, PROGRESS, PRINTED, ERROR,
 ENDED) = range(13)
# for the build with AddressSanitizer: a crash is one, and what is freed is not kept for long
os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":handle_segv=0:quarantine_size_mb=1"
ENDING_S = 20  # how long anything may take to end, on a machine that does other things, too

failures = 0


def check(good, what):
    global failures
    if not good:
        failures += 1
        line = sys._getframe(1).f_lineno
        print(f"FAILED: line {line}: {what}", flush=True)


def equal(got, wanted, what):
    check(got == wanted, f"{what}: {got!r}, not {wanted!r}")


def wait_until(holds, what):
    end = time.monotonic() + ENDING_S
    while not holds():
        if time.monotonic() > end:
            check(False, f"not within {ENDING_S} s: {what}")
            return
        time.sleep(0.02)


class Run:
    """What was told of a run, from the bytes of an answer."""

    def __init__(self, data):
        self.text, self.figures, self.ended, self.declared = {}, {}, None, None
        drawing, declaring, at = {}, b"", 0
        while at < len(data):
            kind, source, length = struct.unpack_from("<III", data, at)
            part = data[at + 12:at + 12 + length]
            at += 12 + length
            if kind == DECLARED:
                declaring += part
            elif kind == DECLARED_END:
                self.declared, declaring = json.loads(declaring), b""
            elif kind == FIGURE:
                drawing[source] = [part.decode(), b""]
            elif kind == FIGURE_PART:
                drawing[source][1] += part
            elif kind == FIGURE_END:
                self.figures[drawing[source][0]] = drawing[source][1]
            elif kind == ENDED:
                self.ended = json.loads(part)
            else:
                self.text[kind] = self.text.get(kind, b"") + part

    def said(self, kind):
        return self.text.get(kind, b"").decode()


class Explorer:
    def __init__(self, script, *options, arguments=()):
        self.process = subprocess.Popen([IZHLUA, "--explore", *options, script, *arguments], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.address = self.process.stdout.readline().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/([0-9a-f]{32})/", self.address)
        check(found, f"the address is {self.address!r}")
        if not found:
            sys.exit(self.process.stderr.read())
        self.port, self.token = int(found[1]), found[2]
        self.origin = f"http://127.0.0.1:{self.port}"

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, method="GET", path=None, body=None, **headers):
        """The status and the body of an answer; a header that is None is not sent."""
        connection = self.connect()
        path = f"/{self.token}/" if path is None else path
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        headers = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(body)) if body is not None else None} | headers
        for name, value in headers.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, data, answer.headers

    def form(self, *arguments, tab="a", ending=".svg", **more):
        fields = [("tab", tab), ("ending", ending), *more.items(), *(("argument", text) for text in arguments)]
        return urllib.parse.urlencode(fields).encode()

    def run(self, *arguments, **more):
        status, data, _ = self.ask("POST", f"/{self.token}/run", self.form(*arguments, **more), Origin=self.origin)
        equal(status, 200, "status of a run")
        return Run(data)

    def begin_run(self, *arguments, **more):
        """A run whose answer is not waited for: a thread, and the list that its Run is put in."""
        got = []
        thread = threading.Thread(target=lambda: got.append(self.run(*arguments, **more)))
        thread.start()
        return thread, got

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        try:
            status = self.process.wait(ENDING_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = "killed"
        equal(status, 128 + number, "exit code")
        return self.process.stderr.read()

    def memory_kb(self):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmRSS:\s*(\d+)", file.read())[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def children(self):
        """All processes below the server."""
        parents = {}
        for entry in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                with open(f"/proc/{entry}/stat") as file:
                    fields = file.read().rsplit(")", 1)[1].split()
                if fields[0] != "Z":
                    parents[int(entry)] = int(fields[1])
        found, more = set(), {self.process.pid}
        while more:
            more = {pid for pid, parent in parents.items() if parent in more} - found
            found |= more
        return found


@contextlib.contextmanager
def exploring(text, *options, name="script.lua", arguments=()):
    with open(name, "w") as file:
        file.write(text)
    explorer = Explorer(name, *options, arguments=arguments)
    try:
        yield explorer
    finally:
        if explorer.process.poll() is None:
            explorer.end()


PLAIN = """local izh = require "izhlua"
local p = izh.parameters{ gain = { 3, "factor", min = 0, max = 10, step = 0.5 }, cell = { "RS", choices = { "RS", "FS" } },
  note = { "a \\"b\\"", "text" }, plot = { true }, list = { { 1, 2.5 } } }
print("gain", p.gain, p.cell, p.note)
if p.plot then
  local net = izh.network{ seed = 7 }
  local E = net:population("E", 5, p.cell)
  net:stimulate(E, izh.current(p.gain))
  net:run(100)
  net:raster("folder/plain.pdf")
  net:raster("second.png")
end
"""


def test_page():
    """What is served, and to whom."""
    with exploring(PLAIN) as it:
        status, page, headers = it.ask()
        equal(status, 200, "the page")
        check(b"explore.js" in page, "the page names its script")
        for header, value in {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
                              "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"}.items():
            equal(headers[header], value, header)
        check(headers["Content-Security-Policy"].startswith("default-src 'none'"), "a policy that allows nothing else")
        check(headers["Access-Control-Allow-Origin"] is None, "other origins are not let in")
        for name in "explore.js", "explore.css":
            equal(it.ask(path=f"/{it.token}/{name}")[0], 200, name)
            fetched = it.ask(path=f"/{it.token}/{name}")[1]
            check(b"http://" not in re.sub(rb"http://www\.w3\.org/2000/svg", b"", fetched) and b"https://" not in fetched,
                  f"{name} names no other place")
        equal(it.ask(**{"Host": f"localhost:{it.port}"})[0], 200, "by the name localhost")
        equal(it.ask("HEAD")[1], b"", "HEAD has no body")

        # no file of the system, by whatever way
        for path in ("/explore.html", "/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/script.lua",
                     "/index.html", "/explore.js/", "/."):
            status = it.ask(path=f"/{it.token}{path}")[0]
            check(status in (400, 403, 404), f"{path}: {status}")

        # without the token, or with a part of it, or another
        other = ("0" if it.token[0] != "0" else "1") + it.token[1:]
        for path in ("/", "/index.html", f"/{it.token[:31]}/", f"/{other}/", f"/{it.token.upper()}x/", f"/?token={it.token}",
                     "/etc/passwd", f"/x/{it.token}/"):
            equal(it.ask(path=path)[0], 403, path)
            equal(it.ask("POST", path + "run", it.form(), Origin=it.origin)[0], 403, f"a run by {path}")

        # another name of this address (DNS rebinding), pages of others
        for host in ("evil.example", f"evil.example:{it.port}", "127.0.0.1", f"127.0.0.1:{it.port + 1}", "", None,
                     f"127.0.0.1:{it.port}.evil.example", f"[::1]:{it.port}", f"0.0.0.0:{it.port}"):
            check(it.ask(Host=host)[0] in (400, 403), f"Host: {host}")
        for origin in ("http://evil.example", "null", f"http://127.0.0.1:{it.port + 1}", f"https://127.0.0.1:{it.port}", "",
                       f"http://127.0.0.1:{it.port}.evil.example", "http://127.0.0.1"):
            equal(it.ask(Origin=origin)[0], 403, f"Origin: {origin}")
            equal(it.ask("POST", f"/{it.token}/run", it.form(), Origin=origin)[0], 403, f"a run for {origin}")
        equal(it.ask("POST", f"/{it.token}/run", it.form())[0], 403, "a run without an origin")
        equal(it.ask(f"GET", f"/{it.token}/run")[0], 404, "GET runs nothing")
        for method in "PUT", "DELETE", "OPTIONS", "PROPFIND":
            check(it.ask(method, Origin=it.origin)[0] in (400, 403, 405, 501), method)
        equal(len(it.children()), 0, "nothing was run")


def test_address():
    """It is heard on 127.0.0.1 alone."""
    with exploring(PLAIN) as it:
        heard = []
        for table in "/proc/net/tcp", "/proc/net/tcp6":
            with open(table) as file:
                heard += [line.split()[1] for line in file if line.split()[3] == "0A"]
        equal([place for place in heard if place.endswith(f":{it.port:04X}")], [f"0100007F:{it.port:04X}"], "where it listens")
        check(Explorer.__init__ and len(it.token) == 32, "a token of 128 bits")
    with exploring(PLAIN) as other:
        check(other.token != it.token, "each explorer has a token of its own")


def test_user():
    """Another user of the machine is not answered, even with the token."""
    if os.getuid() != 0:
        return
    with exploring(PLAIN) as it:
        pid = os.fork()
        if pid == 0:
            os.setgid(65534)
            os.setuid(65534)
            os._exit(0 if it.ask()[0] == 403 else 1)
        equal(os.waitpid(pid, 0)[1], 0, "another user")
        equal(it.ask()[0], 200, "this one")


def test_run():
    """What a run says: parameters, figures, prints, the command line."""
    with exploring(PLAIN, "--threads", "2", "--seed=5", "-e", "x = 1", arguments=["gain=2", "note=it's"]) as it:
        run = it.run(begin="1")
        equal(run.ended["status"], 0, "the first run")
        equal(run.said(SCRIPT), "script.lua", "the script")
        equal(run.said(SEED), "5", "the seed")
        equal(run.said(COMMAND), "izhlua --seed 5 --threads 2 -e 'x = 1' script.lua gain=2 'note=it'\\''s'", "the command line")
        equal(run.said(PRINTED), "gain\t2\tRS\tit's\n", "what it prints")
        equal(run.said(ERROR), "", "no error")
        equal([one["name"] for one in run.declared], ["cell", "gain", "list", "note", "plot"], "the parameters")
        equal(run.declared[1], {"name": "gain", "kind": "number", "about": "factor", "default": "3", "value": "2", "min": "0",
                                "max": "10", "step": "0.5"}, "a number")
        equal(run.declared[0], {"name": "cell", "kind": "text", "about": "", "default": "RS", "value": "RS",
                                "choices": ["RS", "FS"]}, "a choice")
        equal(run.declared[3]["default"], 'a "b"', "a text with quotes")
        equal(run.declared[2]["default"], "1,2.5", "a list")
        equal(list(run.figures), ["folder/plain.pdf", "second.png"], "the figures")
        for figure in run.figures.values():
            check(figure.startswith(b"<?xml") and figure.rstrip().endswith(b"</svg>"), "a figure is SVG")

        run = it.run("gain=4.5", "cell=FS", seed="9")
        equal(run.said(COMMAND), "izhlua --seed 9 --threads 2 -e 'x = 1' script.lua gain=4.5 cell=FS", "what was asked for")
        equal(run.said(PRINTED), 'gain\t4.5\tFS\ta "b"\n', "what it prints then")
        run = it.run("gain=11")
        equal(run.ended["status"], 2, "a value out of range")
        check(run.said(ERROR).startswith('izhlua: script.lua: gain must be a number from 0 to 10 (got "11")'), "says so")
        equal(len(run.declared), 5, "and what is declared")
        equal(sorted(os.listdir(".")), ["script.lua"], "no file is written")

        for what, body in {"no tab": it.form(tab=""), "another ending": it.form(ending=".lua"), "an option": it.form("--watch"),
                           "-e": it.form("-e"), "no =": it.form("gain"), "a seed": it.form(seed="-1"), "nothing": b"",
                           "a long value": it.form("note=" + "x" * 5000)}.items():
            equal(it.ask("POST", f"/{it.token}/run", body, Origin=it.origin)[0], 400, what)
        equal(it.ask("POST", f"/{it.token}/run", b"x" * 70000, Origin=it.origin)[0], 413, "a long form")


def test_pdf():
    """A PDF is, to the byte, what the command line makes that stands beside it."""
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    shutil.copy(os.path.join(EXAMPLES, "raise_inhibition.lua"), "raise.lua")
    it = Explorer("raise.lua")
    run = it.run("inhibition=2.5", seed="3", ending=".pdf")
    command = run.said(COMMAND)
    equal(command, "izhlua --seed 3 raise.lua inhibition=2.5", "the command line")
    subprocess.run([IZHLUA, *command.split()[1:]], check=True, stdout=subprocess.DEVNULL)
    with open("raise_inhibition.pdf", "rb") as file:
        check(file.read() == run.figures["raise_inhibition.pdf"], "the PDF is another")
    it.end()
    del os.environ["SOURCE_DATE_EPOCH"]


def test_errors():
    """The error of a script, with its line; a crash; what is not there."""
    with exploring('print("before")\nlocal x = nil\nx.y = 1\n') as it:
        run = it.run(begin="1")
        equal(run.ended["status"], 1, "an error")
        check(run.said(ERROR).startswith("script.lua:3: attempt to index a nil value (local 'x')"), run.said(ERROR))
        equal(run.said(PRINTED), "before\n", "what it printed before")
        with open("script.lua", "w") as file:  # the script is read again for each run
            file.write('os.execute("kill -KILL $PPID")\n')
        equal(it.run().ended["signal"], signal.SIGKILL, "a crash")
        with open("script.lua", "w") as file:
            file.write("x = = 1\n")
        check(it.run().said(ERROR).startswith("script.lua:1: "), "what is no Lua")
        os.remove("script.lua")
        check("script.lua" in it.run().said(ERROR), "no script any more")


ENDLESS = """local izh = require "izhlua"
local p = izh.parameters{ how = { "loop", choices = { "loop", "run", "sweep", "command", "deaf" } } }
print("begun")
if p.how == "loop" then while true do end end
if p.how == "deaf" then while true do pcall(function() while true do end end) end end
if p.how == "command" then os.execute("sleep 1000") end
if p.how == "run" then
  local net = izh.network{}
  net:population("E", 10, "RS")
  net:run(1e9)
end
if p.how == "sweep" then izh.sweep{ over = { k = { 1, 2, 3 } }, workers = 3, run = function() while true do end end } end
"""


def test_newest():
    """A change ends the run before it, in its own tab only; a page that goes away ends its run."""
    with exploring(ENDLESS) as it:
        for how in "loop", "run", "sweep", "command", "deaf":
            thread, got = it.begin_run("how=" + how, tab="first")
            other, got_other = it.begin_run("how=loop", tab="second")
            wait_until(lambda: len(it.children()) >= (5 if how == "sweep" else 3 if how == "command" else 2), f"{how} runs")
            before = it.children()
            newer, got_newer = it.begin_run("how=run", tab="first")
            thread.join(ENDING_S)
            check(not thread.is_alive(), f"{how} was not ended by the next")
            wait_until(lambda: len(it.children()) == 2, f"what {how} has started ends")
            check(other.is_alive() and newer.is_alive(), "the others go on")
            check(len(before & it.children()) == 1, "the other tab's run is the one it was")
            it.ask("POST", f"/{it.token}/run", it.form("gain=1", tab="first"), Origin=it.origin)
            it.ask("POST", f"/{it.token}/run", it.form("gain=1", tab="second"), Origin=it.origin)
            for one in newer, other:
                one.join(ENDING_S)
            check(got and (got[0].ended["signal"] or got[0].ended["status"]), f"{how} has an end")
        connection = it.connect()
        connection.request("POST", f"/{it.token}/run", it.form("how=loop"), {"Origin": it.origin})
        wait_until(lambda: len(it.children()) == 1, "a run begins")
        connection.close()
        wait_until(lambda: not it.children(), "a run ends whose page has gone")


def test_closing():
    """Ctrl-C and SIGTERM end every run and all that these have started; and so does a kill."""
    for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        with exploring(ENDLESS) as it:
            threads = [it.begin_run("how=" + how, tab=how)[0] for how in ("loop", "sweep", "command", "deaf")]
            wait_until(lambda: len(it.children()) >= 8, "all run")
            running = it.children()
            said = it.end(number)
            equal([pid for pid in running if os.path.exists(f"/proc/{pid}") and not ended(pid)], [], "left after the end")
            equal(said, "izhlua: exploring script.lua at this address; Ctrl-C ends\n", "what it says")
            for thread in threads:
                thread.join(ENDING_S)
    it = Explorer("script.lua")
    thread, _ = it.begin_run("how=run")
    wait_until(lambda: it.children(), "it runs")
    running = it.children()
    it.process.kill()
    it.process.wait()
    wait_until(lambda: not any(os.path.exists(f"/proc/{pid}") and not ended(pid) for pid in running), "a run outlives a kill")
    thread.join(ENDING_S)


def ended(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_output():
    """A script that prints 1 GB: little of it is passed on, and nothing grows."""
    with exploring('local s = ("x"):rep(999) .. "\\n"\nfor i = 1, 1e6 do io.write(s) end\nio.stderr:write("last\\n")\n') as it:
        it.run(begin="1")
        before = it.memory_kb()
        run = it.run(begin="1")
        equal(run.ended["status"], 0, "it ends by itself")
        equal(len(run.said(PRINTED)), 256 * 1024, "what is shown of it")
        equal(run.ended["hidden"], 10**9 - 256 * 1024, "what is not")
        equal(run.said(ERROR), "last\n", "errors are still shown")
        check(it.memory_kb() < before + 2000, f"the memory grew from {before} to {it.memory_kb()} kB")
    # a reader that does not read holds the run, and not the others
    with exploring('while true do io.stderr:write("x") io.write("y") end') as it:
        connection = it.connect()
        connection.request("POST", f"/{it.token}/run", it.form(tab="slow"), {"Origin": it.origin})
        equal(it.ask()[0], 200, "the page, meanwhile")
        connection.close()
        wait_until(lambda: not it.children(), "it ends")
    # nonsense in the pipe of frames
    with exploring('local f = io.open("/proc/self/fd/3", "w"); f:write(("\\255"):rep(100000)); f:close() while true do end') as it:
        run = it.run()
        check(run.ended is None and not run.figures, "nonsense is not passed on")
        wait_until(lambda: not it.children(), "and ends the run")


def test_flood():
    """Many connections, with and without a request, and too many runs: it goes on, and nothing grows."""
    with exploring(ENDLESS) as it:
        it.ask()
        memory, files = it.memory_kb(), it.descriptors()
        idle = []
        for _ in range(400):
            connection = socket.socket()
            connection.settimeout(1)
            with contextlib.suppress(OSError):
                connection.connect(("127.0.0.1", it.port))
                connection.send(b"GET / HTTP/1.1\r\nHost: x")
            idle.append(connection)
            if len(idle) > 60:
                idle.pop(0).close()
        check(it.descriptors() < files + 200, f"{it.descriptors()} descriptors in a flood")
        for connection in idle:
            connection.close()
        for _ in range(200):
            it.ask(path="/")
        threads = [it.begin_run("how=run", tab=f"tab {i}") for i in range(20)]
        wait_until(lambda: sum(not thread.is_alive() for thread, _ in threads) >= 4, "too many runs are refused")
        check(len(it.children()) <= 16, f"{len(it.children())} runs at once")
        said = [got[0].said(ERROR) for _, got in threads if got]
        check(said and all(text == "too many runs at once" for text in said), f"the others are told: {said}")
        equal(it.ask()[0], 200, "the page, meanwhile")
        it.end()
        for thread, _ in threads:
            thread.join(ENDING_S)
    with exploring(PLAIN) as it:
        it.ask()
        memory, files = it.memory_kb(), it.descriptors()
        for _ in range(400):
            it.ask(path="/")
        wait_until(lambda: it.descriptors() <= files, "descriptors are closed")
        check(it.memory_kb() < memory + 4000, f"the memory grew from {memory} to {it.memory_kb()} kB")


def test_changes():
    """Many changes in a row: no memory, descriptor or process is left."""
    with exploring(PLAIN) as it:
        for i in range(30):
            it.run("plot=false", "gain=%g" % (i % 10))
        it.run("plot=true")
        memory, files = it.memory_kb(), it.descriptors()
        for i in range(CHANGES):
            run = it.run("gain=%g" % (i % 20 / 2), "plot=" + ("true" if i % 20 == 0 else "false"))
            if run.ended["status"] != 0:
                check(False, f"change {i}: {run.said(ERROR)}")
                break
        more = 1000 if CHANGES >= 300 else 4000  # a sanitizer keeps what is freed
        check(it.memory_kb() <= memory + more, f"the memory grew from {memory} to {it.memory_kb()} kB")
        wait_until(lambda: it.descriptors() <= files, "descriptors are closed")
        equal(len(it.children()), 0, "processes left")


def test_command_line():
    """What goes with --explore, and what does not."""
    for arguments, wanted in ((["--explore"], "izhlua: a script file is wanted by --explore"),
                              (["--explore", "-"], "izhlua: a script file is wanted by --explore"),
                              (["--explore", "-i", "x.lua"], "izhlua: there is no prompt with --explore"),
                              (["--explore", "--watch", "x.lua"], "izhlua: --watch does not go with --explore")):
        done = subprocess.run([IZHLUA, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
        equal((done.returncode, done.stderr.splitlines()[0]), (2, wanted), " ".join(arguments))
    os.environ["ASAN_OPTIONS"] += ":detect_leaks=0"  # which cannot trace a program in a sandbox
    with exploring('print(pcall(io.open, "/etc/passwd"))\nlocal izh = require "izhlua"\nlocal net = izh.network{}\n'
                   'net:population("E", 2, "RS")\nnet:run(10)\nnet:raster("x.pdf")\n', "--sandbox") as it:
        run = it.run(begin="1")
        equal(run.said(COMMAND), "izhlua --sandbox script.lua", "a sandbox is of the runs")
        check("outside" in run.said(PRINTED), run.said(PRINTED))
        equal((run.ended["status"], list(run.figures)), (0, ["x.pdf"]), "figures, from a sandbox")


def test_open():
    """--open opens the page, not the figures."""
    os.mkdir("bin")
    with open("bin/xdg-open", "w") as file:
        file.write('#!/bin/sh\nprintf "%s\\n" "$@" >>"$OPENED"\n')
    os.chmod("bin/xdg-open", 0o755)
    os.environ.update(PATH=os.path.abspath("bin") + ":" + os.environ["PATH"], OPENED=os.path.abspath("opened"))
    with exploring(PLAIN, "--open") as it:
        wait_until(lambda: os.path.exists("opened"), "it is opened")
        it.run(begin="1")
        with open("opened") as file:
            equal(file.read(), it.address + "\n", "what is opened")


def main():
    home = os.getcwd()
    only = sys.argv[4:]
    for name, test in list(globals().items()):
        if not name.startswith("test_") or (only and name[5:] not in only):
            continue
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            begin = time.monotonic()
            test()
            print(f"{name[5:]}: {time.monotonic() - begin:.1f} s", flush=True)
            os.chdir(home)
    sys.exit(failures > 0)


main()
