// The page of the explorer, in Chromium without a window.
//   node browser.mjs IZHLUA EXAMPLES [--moves N | --pictures FOLDER | test …]
// With --moves it only measures how long N moves of the slider of raise_inhibition.lua take to show; with --pictures it
// makes those of docs/explore.md.
// Needs playwright-core (npm ci in this folder) and Debian's chromium; exits with 77 where these are missing.
import { spawn, execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CHROMIUM = "/usr/bin/chromium";
const { chromium } = await import("playwright-core").catch(() => ({}));
if (!chromium || !existsSync(CHROMIUM)) {
  console.log("no playwright-core (npm ci --prefix tests/explore) or no chromium");
  process.exit(77);
}
const [izhlua, examples, ...rest] = process.argv.slice(2);
const moves = rest[0] === "--moves" ? Number(rest[1]) : 0, pictures = rest[0] === "--pictures" ? rest[1] : null;
const only = moves || pictures ? [] : rest;
const PATIENCE = 30000; // ms, on a machine that does other things, too

let failures = 0;

function check(good, what) {
  if (good) return;
  failures++;
  console.log("FAILED: " + what + "\n  " + new Error().stack.split("\n").slice(2, 4).map((line) => line.trim()).join(" "));
}

function equal(got, wanted, what) {
  check(JSON.stringify(got) === JSON.stringify(wanted), `${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
}

// --- the program ------------------------------------------------------------------------------------------------------

const folder = mkdtempSync(join(tmpdir(), "izhlua-explore-"));
const explorers = [];
copyFileSync(join(examples, "raise_inhibition.lua"), join(folder, "raise_inhibition.lua"));

async function explore(script, ...more) {
  const made = spawn(izhlua, ["--explore", ...more, script], { cwd: folder, stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, SOURCE_DATE_EPOCH: "0" } });
  explorers.push(made);
  const address = await new Promise((done, failed) => {
    made.stdout.once("data", (bytes) => done(String(bytes).trim()));
    made.once("exit", (code) => failed(new Error(`izhlua has ended (${code})`)));
  });
  return { address, process: made, end: () => new Promise((done) => made.once("exit", done) && made.kill("SIGTERM")) };
}

function write(name, text) {
  writeFileSync(join(folder, name), text);
  return name;
}

const children = (explorer) => {
  try {
    return execFileSync("pgrep", ["-P", String(explorer.process.pid)]).toString().trim().split("\n").length;
  } catch {
    return 0; // pgrep found none
  }
};
const descriptors = (explorer) => readdirSync(`/proc/${explorer.process.pid}/fd`).length;

// --- the browser ------------------------------------------------------------------------------------------------------

const profile = mkdtempSync(join(tmpdir(), "izhlua-chromium-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: CHROMIUM, headless: true, acceptDownloads: true, permissions: ["clipboard-read", "clipboard-write"],
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP evil.test 127.0.0.1"],
});
browser.setDefaultTimeout(PATIENCE);

const problems = [], asked = new Set();

async function open(explorer) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => asked.add(new URL(request.url()).origin));
  await page.goto(explorer.address);
  await idle(page);
  return page;
}

// No run goes on, or waits to begin.
const idle = (page) => page.waitForFunction(() => typeof running !== "undefined" && running === null && wanted === null &&
  document.getElementById("state").textContent !== "");
const text = (page, selector) => page.locator(selector).textContent();
const until = (page, f, argument) => page.waitForFunction(f, argument);

// What the figure that is shown is of.
const values_shown = (page) => text(page, "#now-values");

async function printed(page, wanted, what) {
  await until(page, (wanted) => document.getElementById("printed").textContent.trim() === wanted, wanted)
    .catch(async () => equal((await text(page, "#printed")).trim(), wanted, what));
}

// --- tests ------------------------------------------------------------------------------------------------------------

const ALL = `local izh = require "izhlua"
local p = izh.parameters{ gain = { 3, "factor", min = 0, max = 10, step = 0.5 }, free = { 2, "mV", min = -1 },
  cell = { "RS", "a cell", choices = { "RS", "FS" } }, plot = { true, "draw" }, doses = { { 0, 1 }, "of it" }, note = { "x" },
  fine = { 0.1, min = 0, max = 0.7 } }
print(p.gain, p.free, p.cell, p.plot, table.concat(p.doses, "+"), p.note, p.fine)
local net = izh.network{ seed = 7 }
local E = net:population("E", 5, p.cell)
net:stimulate(E, izh.current(p.gain))
net:stimulate(E, izh.noise{ sd = 5 })
net:run(100)
if p.plot then net:raster("all.pdf") end
`;

const tests = {
  // A control for each parameter, that has a name, works by keyboard and says what it is.
  async controls() {
    const it = await explore(write("all.lua", ALL)), page = await open(it);
    equal(await page.title(), "all.lua", "the title");
    await printed(page, "3\t2\tRS\ttrue\t0+1\tx\t0.1", "the first run");
    const slider = page.getByRole("slider", { name: "gain" });
    equal(await slider.evaluate((s) => [s.min, s.max, s.step, s.value]), ["0", "10", "0.5", "3"], "the slider");
    equal(await page.getByRole("slider", { name: "fine" }).getAttribute("step"), "0.01", "a step of its own");
    await slider.focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
    await printed(page, "4.5\t2\tRS\ttrue\t0+1\tx\t0.1", "the slider, by keyboard");
    equal(await page.getByRole("spinbutton", { name: "gain" }).inputValue(), "4.5", "the field beside it");
    await page.getByRole("spinbutton", { name: "gain" }).fill("6");
    await printed(page, "6\t2\tRS\ttrue\t0+1\tx\t0.1", "the field");
    equal(await slider.inputValue(), "6", "the slider beside it");
    await page.getByRole("spinbutton", { name: "free" }).fill("-0.5");
    await page.getByRole("combobox", { name: "cell" }).selectOption("FS");
    await page.getByRole("textbox", { name: "doses" }).fill("1,2,3");
    await page.getByRole("textbox", { name: "note" }).fill("it's, so");
    await page.getByRole("slider", { name: "fine" }).press("ArrowRight");
    await page.getByRole("slider", { name: "fine" }).press("ArrowRight");
    await printed(page, "6\t-0.5\tFS\ttrue\t1+2+3\tit's, so\t0.12", "the others");
    const figure = page.getByRole("img", { name: /^all\.pdf with cell = FS, doses = 1,2,3, fine = 0\.12, free = -0\.5, gain = 6/ });
    await figure.waitFor();
    await page.getByRole("checkbox", { name: "plot" }).uncheck();
    await printed(page, "6\t-0.5\tFS\tfalse\t1+2+3\tit's, so\t0.12", "the box");
    equal(await page.locator("#figures img").count(), 0, "figures of a run that saves none");

    // what is no value is marked, and nothing runs
    await page.getByRole("spinbutton", { name: "free" }).fill("-2");
    equal(await page.getByRole("spinbutton", { name: "free" }).getAttribute("aria-invalid"), "true", "below the range");
    await page.getByRole("textbox", { name: "doses" }).fill("1,x");
    await page.getByRole("alert").filter({ hasText: 'doses must be numbers such as 0,0.5,1 (got "1,x")' }).waitFor();

    // all that can be used has a name, and what it is described by is there
    const unnamed = await page.evaluate(() => [...document.querySelectorAll("input, select, button, pre, img")].filter((e) =>
      e.checkVisibility() && !(e.labels?.length || e.getAttribute("aria-label") || e.getAttribute("aria-labelledby") || e.textContent.trim() || e.alt))
      .map((e) => e.outerHTML));
    equal(unnamed, [], "what has no name");
    const dangling = await page.evaluate(() => [...document.querySelectorAll("[aria-describedby], [aria-labelledby]")].flatMap((e) =>
      [e.getAttribute("aria-describedby"), e.getAttribute("aria-labelledby")]).filter((id) => id && !document.getElementById(id)));
    equal(dangling, [], "names that lead nowhere");
    equal(await page.getByRole("status").count(), 1, "a place that says what happens");

    await page.getByRole("button", { name: "Reset" }).click();
    await printed(page, "3\t2\tRS\ttrue\t0+1\tx\t0.1", "what is reset");
    equal(await slider.inputValue(), "3", "the slider that is reset");
    await page.close();
    await it.end();
  },

  // A change shows another figure; another seed, too; a page that is loaded again is as it was.
  async figures() {
    const it = await explore("raise_inhibition.lua"), page = await open(it);
    const svg = () => page.evaluate(async () => (await fetchless(document.querySelector("#figures img"))));
    await page.evaluate(() => { window.fetchless = (image) => new Promise((done) => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [200, 150];
      canvas.getContext("2d").drawImage(image, 0, 0, 200, 150);
      done(canvas.toDataURL());
    }); });
    const first = await svg();
    await page.getByRole("slider").press("End");
    await until(page, () => document.getElementById("now-values").textContent === "inhibition = 10");
    const second = await svg();
    check(first !== second, "the figure is another");
    await page.getByRole("button", { name: "Another seed" }).click();
    await until(page, () => document.getElementById("now-values").textContent === "inhibition = 10, seed = 1");
    check(second !== await svg(), "the figure of another seed is another");
    await page.getByRole("button", { name: "Another seed" }).click();
    await until(page, () => document.getElementById("now-values").textContent === "inhibition = 10, seed = 2");
    await idle(page);
    await page.reload();
    await until(page, () => document.getElementById("now-values").textContent === "inhibition = 10, seed = 2");
    equal([await page.getByRole("slider").inputValue(), await page.getByLabel("seed", { exact: true }).inputValue()], ["10", "2"],
      "the controls of a page that is loaded again");

    // copy, and the command makes the same file as the button for the PDF
    await page.getByRole("button", { name: "Copy command" }).click();
    await page.getByRole("status").filter({ hasText: "Copied" }).waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    equal(command, "izhlua --seed 2 raise_inhibition.lua inhibition=10", "the command");
    const loading = page.waitForEvent("download");
    await page.getByRole("button", { name: "PDF of raise_inhibition.pdf" }).click();
    const loaded = await loading;
    equal(loaded.suggestedFilename(), "raise_inhibition.pdf", "the name of the PDF");
    execFileSync(izhlua, command.split(" ").slice(1), { cwd: folder, env: { ...process.env, SOURCE_DATE_EPOCH: "0" } });
    check(readFileSync(await loaded.path()).equals(readFileSync(join(folder, "raise_inhibition.pdf"))), "the PDF is that of the command");
    await page.close();
    await it.end();
  },

  // Keep puts a figure beside the next; it can be gone back to, and removed.
  async keep() {
    const it = await explore("raise_inhibition.lua"), page = await open(it);
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("slider").press("Home");
    await until(page, () => document.getElementById("now-values").textContent === "inhibition = 0");
    const kept = page.getByRole("article", { name: "Kept 1" });
    equal(await kept.locator(".values").textContent(), "inhibition = 3", "the values of what is kept");
    const [now, then] = [await page.locator("#now img").boundingBox(), await kept.locator("img").boundingBox()];
    check(Math.abs(now.y - then.y) < 2 && Math.abs(now.width - then.width) < 2 && then.x > now.x + now.width,
      `the figures are side by side: ${JSON.stringify([now, then])}`);
    check(await kept.locator("img").evaluate((image) => image.naturalWidth > 0), "the kept figure is still there");
    await page.getByRole("button", { name: "Keep" }).click();
    await page.getByRole("slider").press("End");
    await until(page, () => document.getElementById("now-values").textContent === "inhibition = 10");
    equal(await page.locator(".kept h2").allTextContents(), ["Kept 2", "Kept 1"], "the newest first");
    await kept.getByRole("button", { name: "Copy command" }).click();
    equal(await page.evaluate(() => navigator.clipboard.readText()), "izhlua raise_inhibition.lua", "the command of what is kept");
    await kept.getByRole("button", { name: "Use" }).click();
    await until(page, () => document.getElementById("now-values").textContent === "inhibition = 3");
    for (const name of ["Kept 1", "Kept 2"]) await page.getByRole("article", { name }).getByRole("button", { name: "Remove" }).click();
    equal(await page.locator(".kept").count(), 0, "what is removed");
    check(await page.locator("#now img").evaluate((image) => image.naturalWidth > 0), "the figure now is still there");
    await page.close();
    await it.end();
  },

  // Errors with their line, a crash, a script that is mended; what warns.
  async errors() {
    const script = 'local izh = require "izhlua"\nlocal p = izh.parameters{ x = { 1, min = 0, max = 3, step = 1 } }\nprint("x", p.x)\n' +
      'if p.x == 2 then error("no two") end\nif p.x == 3 then os.execute("kill -SEGV $PPID") end\nlocal net = izh.network{}\n' +
      'net:population("E", 2, "RS")\nnet:run(10)\nnet:raster("e.pdf")\n';
    const it = await explore(write("errors.lua", script)), page = await open(it), slider = page.getByRole("slider");
    check(!await page.locator("#error").isVisible(), "no error at first");
    await slider.press("ArrowRight");
    await page.getByRole("alert").filter({ hasText: "errors.lua:4: no two" }).waitFor();
    check((await text(page, "#error")).startsWith("The script stopped with an error."), "what has happened");
    await idle(page);
    equal(await text(page, "#state"), "The run failed", "the state");
    check(await page.locator("#now.stale img").count() === 1, "the last figure stays, greyed");
    equal((await text(page, "#printed")).trim(), "x\t2", "what was printed before");
    await slider.press("ArrowRight");
    await page.getByRole("alert").filter({ hasText: "The run was ended by signal 11." }).waitFor();
    await slider.press("Home");
    await until(page, () => document.getElementById("now-values").textContent === "x = 0");
    check(!await page.locator("#error").isVisible() && await page.locator("#now.stale").count() === 0, "a good run takes the error away");
    write("errors.lua", "x = = 1\n");
    await page.getByRole("button", { name: "Run again" }).click();
    await page.getByRole("alert").filter({ hasText: "errors.lua:1: unexpected symbol near '='" }).waitFor();
    write("errors.lua", script.replace("max = 3", "max = 1"));
    await page.getByRole("button", { name: "Run again" }).click();
    await until(page, () => document.querySelector("input[type=range]")?.max === "1");
    await idle(page);
    await it.end();
    await page.getByRole("button", { name: "Run again" }).click();
    await page.getByRole("alert").filter({ hasText: "There is no answer" }).waitFor();
    problems.splice(0); // the browser says, too, that there is no answer
    await page.close();
  },

  // A script that has too much to show, or nonsense, is ended, and that is said.
  async nonsense() {
    const it = await explore(write("nonsense.lua", 'local f = io.open("/proc/self/fd/3", "w")\nf:write(("\\255"):rep(100000))\nf:close()\nwhile true do end\n'));
    const page = await open(it);
    await page.getByRole("alert").filter({ hasText: "it had more to show than a page can take" }).waitFor();
    for (let i = 0; i < 200 && children(it) > 0; i++) await page.waitForTimeout(50);
    equal(children(it), 0, "it is ended");
    await page.close();
    await it.end();
  },

  // A script that never ends is stopped, or overtaken; another tab is not disturbed.
  async endless() {
    const it = await explore(write("endless.lua", 'local izh = require "izhlua"\nlocal p = izh.parameters{ n = { 0, min = 0, max = 5, step = 1 } }\n' +
      'print("n", p.n)\nif p.n == 5 then while true do end end\nif p.n == 4 then local net = izh.network{} net:population("E", 10, "RS") net:run(1e9) end\n'));
    const page = await open(it), other = await open(it);
    await printed(page, "n\t0", "the first run");
    await page.getByRole("slider").press("End");
    await page.getByRole("status").filter({ hasText: /^Running, [1-9]\d* s$/ }).waitFor();
    await printed(page, "n\t5", "what is printed while it runs");
    await other.getByRole("slider").press("ArrowRight");
    await printed(other, "n\t1", "the other tab");
    equal(children(it), 1, "the run goes on");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("status").filter({ hasText: "Stopped" }).waitFor();
    await page.getByRole("slider").press("ArrowLeft");
    await page.locator("#progress").waitFor({ state: "visible" });
    check(await page.locator("#progress").evaluate((bar) => bar.max === 1e9 && bar.value < 1e9), "the progress of a run");
    await page.getByRole("slider").press("Home");
    await printed(page, "n\t0", "the newest wins");
    await idle(page);
    check(!await page.locator("#progress").isVisible(), "the progress goes away");
    await page.getByRole("slider").press("End");
    await until(page, () => running !== null);
    await page.close();
    for (let i = 0; i < 200 && children(it) > 0; i++) await other.waitForTimeout(50);
    equal(children(it), 0, "what runs when a tab is closed");
    await other.close();
    await it.end();
  },

  // A hand that moves fast: the last position is shown in the end, figures meanwhile, and nothing is left.
  async changes() {
    const it = await explore("raise_inhibition.lua"), page = await open(it);
    const move = (n) => page.evaluate(async (n) => {
      const slider = document.querySelector("input[type=range]");
      let shown = 0;
      const watcher = new MutationObserver(() => shown++);
      watcher.observe(document.getElementById("figures"), { childList: true });
      for (let i = 1; i <= n; i++) {
        slider.value = i % 101 / 10;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((done) => setTimeout(done, 8));
      }
      watcher.disconnect();
      return shown;
    }, n);
    const settle = async () => {
      await idle(page);
      const cdp = await browser.newCDPSession(page);
      await cdp.send("HeapProfiler.collectGarbage");
      const { metrics } = await cdp.send("Performance.enable").then(() => cdp.send("Performance.getMetrics"));
      await cdp.detach();
      return Object.fromEntries(metrics.map((one) => [one.name, one.value]));
    };
    await move(100);
    const before = await settle(), files = descriptors(it);
    const shown = await move(1000);
    let after = await settle();
    for (let i = 0; i < 50 && after.Nodes > before.Nodes + 10000; i++) { // images are let go of in time
      await page.waitForTimeout(200);
      after = await settle();
    }
    check(shown >= 10, `${shown} figures while the hand moved`);
    equal(await values_shown(page), "inhibition = 9.1", "the last position");
    check(after.Nodes <= before.Nodes + 10000, `nodes of the page: ${before.Nodes}, then ${after.Nodes}`);
    check(after.JSHeapUsedSize < before.JSHeapUsedSize + 2e6, `bytes of the page: ${before.JSHeapUsedSize}, then ${after.JSHeapUsedSize}`);
    for (let i = 0; i < 100 && descriptors(it) > files; i++) await page.waitForTimeout(50);
    check(descriptors(it) <= files, `descriptors: ${files}, then ${descriptors(it)}`);
    equal(children(it), 0, "processes left");
    await page.close();
    await it.end();
  },

  // Light and dark can be read, a narrow window holds all.
  async looks() {
    const it = await explore(write("all.lua", ALL)), page = await open(it);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      const worst = await page.evaluate(() => {
        const parse = (text) => text.match(/[\d.]+/g).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
          .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = (e) => { for (; e; e = e.parentElement) {
          const c = parse(getComputedStyle(e).backgroundColor);
          if (c.length === 3 || c[3] > 0) return c;
        } };
        return [...document.querySelectorAll("h1, h2, h3, label, p, button:enabled, input:not([type=range]), select, pre, figcaption span, .ends span")]
          .filter((e) => e.checkVisibility()).map((e) => {
            const [a, b] = [light(parse(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
            return { ratio: (a + 0.05) / (b + 0.05), what: e.outerHTML.slice(0, 60) };
          }).sort((x, y) => x.ratio - y.ratio)[0];
      });
      check(worst.ratio >= 4.5, `contrast in ${colorScheme}: ${worst.ratio.toFixed(2)} of ${worst.what}`);
    }
    equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor !== "rgb(244, 244, 241)"), true, "dark is dark");
    for (const width of [320, 390, 800, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(over <= 0, `at a width of ${width}, ${over} pixels do not fit`);
    }
    await page.close();
    await it.end();
  },

  // A page of another origin that knows even the token, and this machine under another name.
  async strangers() {
    const it = await explore(write("touch.lua", 'io.open("touched", "w"):close()\n'));
    const evil = createServer((_, answer) => answer.setHeader("Content-Type", "text/html").end("<body>evil")).listen(0, "127.0.0.1");
    await new Promise((done) => evil.once("listening", done));
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${evil.address().port}/`);
    const got = await page.evaluate(async (address) => {
      const form = () => new URLSearchParams({ tab: "x", ending: ".svg", begin: "1" });
      const attempts = [
        () => fetch(address).then((answer) => answer.text()),
        () => fetch(address + "run", { method: "POST", body: form() }).then((answer) => answer.text()),
        () => fetch(address + "run", { method: "POST", body: form(), mode: "no-cors" }).then((answer) => answer.text()),
        () => new Promise((done, failed) => {
          const script = Object.assign(document.createElement("script"), { src: address + "explore.js", onload: () => done("loaded"), onerror: failed });
          document.body.append(script);
        }),
        () => new Promise((done, failed) => {
          const frame = Object.assign(document.createElement("iframe"), { src: address, onerror: failed });
          frame.onload = () => { try { done(frame.contentDocument.title); } catch { failed(); } };
          document.body.append(frame);
        }),
      ];
      const results = [];
      for (const attempt of attempts) results.push(await attempt().catch(() => ""));
      const frame = Object.assign(document.createElement("iframe"), { name: "target" });
      const posted = Object.assign(document.createElement("form"), { method: "post", action: address + "run", target: "target" });
      for (const [name, value] of form()) posted.append(Object.assign(document.createElement("input"), { name, value }));
      document.body.append(frame, posted);
      await new Promise((done) => { frame.onload = done; posted.submit(); });
      return results;
    }, it.address);
    equal(got, ["", "", "", "", ""], "what a page of another origin gets");
    const named = await page.goto(it.address.replace("127.0.0.1", "evil.test"));
    equal(named.status(), 403, "this machine by a name of somebody else");
    check(!existsSync(join(folder, "touched")), "the script was run");
    await page.close();
    evil.close();
    problems.splice(0);
    await it.end();
  },
};

// --- how long it takes --------------------------------------------------------------------------------------------------

// From the browser's time of the key that moves the slider to the frame after the one that has the new figure.
async function measure() {
  const it = await explore("raise_inhibition.lua"), page = await open(it);
  await page.evaluate(() => {
    window.times = [];
    let begun = 0;
    document.addEventListener("input", (event) => { begun = event.timeStamp; }, true);
    new MutationObserver(() => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => times.push(performance.now() - begun);
      channel.port2.postMessage(0);
    })).observe(document.getElementById("figures"), { childList: true });
  });
  await page.getByRole("slider").focus();
  for (let i = 0; i < moves; i++) {
    await page.keyboard.press(i % 60 < 30 ? "ArrowRight" : "ArrowLeft");
    await until(page, (n) => times.length > n, i);
    await page.waitForTimeout(50 + i * 37 % 100);
  }
  const times = (await page.evaluate(() => times)).sort((a, b) => a - b);
  const at = (part) => times[Math.ceil(part * times.length) - 1].toFixed(0);
  console.log(`${times.length} moves: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms`);
  await page.close();
  await it.end();
}

async function draw() {
  const it = await explore("raise_inhibition.lua"), page = await open(it);
  await page.setViewportSize({ width: 1180, height: 540 });
  await page.getByRole("button", { name: "Keep" }).click();
  for (let i = 0; i < 20; i++) await page.getByRole("slider").press("ArrowLeft");
  await until(page, () => document.getElementById("now-values").textContent === "inhibition = 1");
  await idle(page);
  await page.screenshot({ path: join(pictures, "explore.png") });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 760 });
  await page.screenshot({ path: join(pictures, "explore_narrow.png") });
  await page.close();
  await it.end();
}

try {
  if (moves) await measure();
  if (pictures) await draw();
  for (const [name, test] of Object.entries(moves || pictures ? {} : tests)) {
    if (only.length && !only.includes(name)) continue;
    const begun = performance.now();
    await test();
    equal(problems.splice(0), [], "problems of the page");
    console.log(`${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }
  const others = [...asked].filter((origin) => !/^(http:\/\/127\.0\.0\.1:\d+|null|blob:|data:)/.test(origin));
  equal(others, [], "what was asked of others");
} catch (error) {
  check(false, error.stack);
} finally {
  for (const one of explorers) one.kill("SIGKILL");
  await browser.close();
  for (const one of [folder, profile]) rmSync(one, { recursive: true, force: true });
}
process.exit(failures > 0 ? 1 : 0);
