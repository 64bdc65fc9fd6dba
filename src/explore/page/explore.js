// The page of the explorer: makes a control for each parameter, runs the script after each change, shows what it says.
// Frames are described in src/explore/frame.h.
"use strict";

const [NOTHING, SCRIPT, SEED, COMMAND, DECLARED, DECLARED_END, FIGURE, FIGURE_PART, FIGURE_END, PROGRESS, PRINTED, FAILED,
  ENDED] = Array(13).keys();
const HEAD = 12;
const PATIENCE_MS = 150; // a run that is younger may end before the next begins, so that a hand that moves sees figures

const by = (id) => document.getElementById(id);
const tab = crypto.getRandomValues(new Uint32Array(4)).join("-").slice(0, 30);

let declared = []; // as the script says it
let values = new Map(); // texts, by name, of those that are not as declared
let shown = null; // the run on the page: { command, label, seed, values, figures, printed }
let running = null; // { controller, begun, run }
let wanted = null; // the timer of a run that is to begin

// --- what is asked for ------------------------------------------------------------------------------------------------

function request(ending, who, of) {
  const form = new URLSearchParams({ tab: who, ending });
  if (!of) form.append("begin", "1");
  else {
    if (of.seed !== "") form.append("seed", of.seed);
    for (const [name, text] of of.values) form.append("argument", name + "=" + text);
  }
  return form;
}

function current() {
  return { seed: by("seed").value.trim(), values: new Map(values) };
}

// The values, for people: inhibition = 3, seed = 7. Of many parameters, those that are not as declared.
function label_of(run) {
  const few = declared.length <= 3;
  const texts = declared.filter((one) => few || run.values.has(one.name))
    .map((one) => one.name + " = " + (run.values.get(one.name) ?? one.default));
  if (run.seed !== "") texts.push("seed = " + run.seed);
  return texts.join(", ") || "as the script says";
}

// Calls take(kind, from, bytes) for each frame of an answer.
async function read_frames(answer, take) {
  const reader = answer.body.getReader();
  let rest = new Uint8Array(0);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const bytes = new Uint8Array(rest.length + value.length);
    bytes.set(rest);
    bytes.set(value, rest.length);
    const view = new DataView(bytes.buffer);
    let at = 0;
    while (bytes.length - at >= HEAD) {
      const length = view.getUint32(at + 8, true);
      if (bytes.length - at < HEAD + length) break;
      take(view.getUint32(at, true), view.getUint32(at + 4, true), bytes.subarray(at + HEAD, at + HEAD + length));
      at += HEAD + length;
    }
    rest = bytes.subarray(at);
  }
}

const text_of = (parts) => new TextDecoder().decode(join(parts));

function join(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

// Asks for a run, and returns what came: hears(kind, run) is called as it comes.
async function ask(form, signal, hears) {
  const run = { script: "", seed: "", command: [], declared: null, figures: new Map(), printed: [], errors: [], progress: "", ended: null };
  const declaring = [], drawing = new Map();
  const answer = await fetch("run", { method: "POST", body: form, signal });
  if (!answer.ok) throw new Error((await answer.text()).trim());
  await read_frames(answer, (kind, from, bytes) => {
    bytes = bytes.slice();
    if (kind === SCRIPT) run.script = new TextDecoder().decode(bytes);
    else if (kind === SEED) run.seed = new TextDecoder().decode(bytes);
    else if (kind === COMMAND) run.command.push(bytes);
    else if (kind === DECLARED) declaring.push(bytes);
    else if (kind === DECLARED_END) run.declared = JSON.parse(text_of(declaring.splice(0)));
    else if (kind === FIGURE) drawing.set(from, { path: new TextDecoder().decode(bytes), parts: [] });
    else if (kind === FIGURE_PART) drawing.get(from).parts.push(bytes);
    else if (kind === FIGURE_END) run.figures.set(drawing.get(from).path, join(drawing.get(from).parts));
    else if (kind === PROGRESS) run.progress = new TextDecoder().decode(bytes);
    else if (kind === PRINTED) run.printed.push(bytes);
    else if (kind === FAILED) run.errors.push(bytes);
    else if (kind === ENDED) run.ended = JSON.parse(new TextDecoder().decode(bytes));
    if (kind !== NOTHING) hears(kind, run);
  });
  return run;
}

// --- runs -------------------------------------------------------------------------------------------------------------

// The newest change wins: a run that is under way is ended, at once or when it has had its time.
function change() {
  if (wanted !== null) return;
  const age = running ? performance.now() - running.begun : Infinity;
  if (!running || age >= PATIENCE_MS) begin();
  else wanted = setTimeout(begin, PATIENCE_MS - age);
}

function begin() {
  if (wanted !== null) clearTimeout(wanted);
  wanted = null;
  if (running) running.controller.abort();
  start(current());
}

async function start(of) {
  const mine = { controller: new AbortController(), begun: performance.now() };
  running = mine;
  by("now").setAttribute("aria-busy", "true");
  const slow = setInterval(() => say_running(mine), 500);
  by("stop").disabled = false;
  try {
    const run = await ask(request(".svg", tab, of), mine.controller.signal, (kind, run) => hear(kind, run, mine));
    if (running === mine) await show(run, of, mine);
  } catch (problem) {
    if (running === mine) fail(problem.name === "AbortError" ? "" : "There is no answer: " + problem.message +
      ". Has izhlua been ended? Then this page can be closed.");
  } finally {
    clearInterval(slow);
    if (running === mine) {
      running = null;
      by("stop").disabled = true;
      by("progress").hidden = true;
      by("now").removeAttribute("aria-busy");
      if (wanted !== null) begin();
    }
  }
}

const seconds = (ms) => (ms < 1000 ? Math.round(ms) + " ms" : (ms / 1000).toFixed(1) + " s");

function say_running(mine) {
  if (running !== mine) return;
  by("now").classList.add("stale");
  if (mine.run) show_printed(text_of(mine.run.printed));
  by("state").textContent = "Running, " + Math.round((performance.now() - mine.begun) / 1000) + " s";
}

// What shows while a run goes on.
function hear(kind, run, mine) {
  if (running !== mine) return;
  mine.run = run;
  if (kind === COMMAND) by("script").textContent = document.title = run.script.replace(/^.*\//, "");
  if (kind === DECLARED_END) make_controls(run.declared);
  if (kind === PROGRESS) {
    const [done, total] = run.progress.split(" of ").map(parseFloat);
    by("progress").hidden = performance.now() - mine.begun < 1000;
    by("progress").max = total;
    by("progress").value = done;
    by("progress").textContent = run.progress;
  }
}

// --- what is shown ----------------------------------------------------------------------------------------------------

async function show(run, of, mine) {
  if (!run.declared) make_controls([]);
  if (!of) {
    by("seed").value = run.seed;
    of = current();
  }
  if (run.command.length) shown_command(text_of(run.command));
  const failed = !run.ended || run.ended.status !== 0 || run.ended.signal !== 0;
  const label = label_of(of);
  const pictures = [];
  for (const [path, bytes] of run.figures) pictures.push(await picture(path, bytes, label));
  if (running !== mine) return;
  save_state(of);
  show_error(run, failed);
  if (pictures.length || !failed) {
    const old = shown ? shown.pictures : [];
    by("figures").replaceChildren(...pictures.map((one) => figure_element(one, of)));
    for (const one of old) if (!one.kept) URL.revokeObjectURL(one.url);
    shown = { of, label, pictures, printed: text_of(run.printed), command: text_of(run.command) };
    by("now").classList.remove("stale");
    by("now-values").textContent = label;
  } else by("now").classList.add("stale");
  by("keep").disabled = !shown || !shown.pictures.length;
  show_printed(text_of(run.printed) + hidden_text(run));
  by("state").textContent = failed ? "The run failed" : "Drawn in " + seconds(performance.now() - mine.begun);
}

function hidden_text(run) {
  return run.ended && run.ended.hidden > 0 ? "\n… and " + run.ended.hidden + " bytes more, which are not shown here\n" : "";
}

// An image can do nothing, whatever is in it. It is loaded before it takes the place of the last one.
async function picture(path, bytes, label) {
  const url = URL.createObjectURL(new Blob([bytes], { type: "image/svg+xml" }));
  const image = new Image();
  image.alt = path.replace(/^.*\//, "") + " with " + label;
  image.decoding = "sync";
  const loaded = new Promise((done) => (image.onload = image.onerror = done));
  image.src = url;
  await loaded;
  return { path, url, image };
}

function figure_element(one, of) {
  const figure = document.createElement("figure"), caption = document.createElement("figcaption");
  const name = document.createElement("span"), button = document.createElement("button");
  name.textContent = one.path.replace(/^.*\//, "");
  button.type = "button";
  button.textContent = "PDF";
  button.setAttribute("aria-label", "PDF of " + name.textContent);
  button.addEventListener("click", () => save_pdf(one.path, of, button));
  caption.append(name, button);
  figure.append(one.image, caption);
  if (one.image.naturalWidth) figure.style.setProperty("--width", Math.max(24, one.image.naturalWidth * 2.2 / 15) + "rem");
  return figure;
}

function show_printed(text) {
  if (by("printed").textContent !== text) by("printed").textContent = text;
  by("printed").hidden = by("printed-title").hidden = text === "";
}

// The message, and whether the script has gone on: what it warns of is no failure.
function show_error(run, failed) {
  const text = text_of(run.errors).trim(), box = by("error");
  let head = "";
  if (run.ended && run.ended.signal) head = "The run was ended by signal " + run.ended.signal + ".";
  else if (!run.ended) head = text ? "The run could not be made." : "The run was ended: it had more to show than a page can take.";
  else if (failed) head = "The script stopped with an error.";
  else if (text) head = "The script warns:";
  box.hidden = head === "";
  box.replaceChildren();
  if (head === "") return;
  const title = document.createElement("strong"), message = document.createElement("pre");
  title.textContent = head;
  message.textContent = text;
  box.append(title, message);
}

function fail(text) {
  by("state").textContent = text === "" ? "Stopped" : "";
  by("error").hidden = text === "";
  by("error").textContent = text;
  if (text !== "" || shown) by("now").classList.add("stale");
}

function shown_command(text) {
  by("copy").dataset.command = text;
  by("copy").title = text;
}

// --- controls ---------------------------------------------------------------------------------------------------------

let made = ""; // the declaration that the controls are of

function make_controls(all) {
  const text = JSON.stringify(all.map((one) => ({ ...one, value: undefined })));
  declared = all;
  if (text === made) return;
  made = text;
  const known = new Map(values);
  values = new Map();
  for (const one of all) {
    const value = known.get(one.name) ?? one.value;
    if (value !== one.default) values.set(one.name, value);
  }
  by("controls").replaceChildren(...all.map(control));
  by("none").hidden = all.length > 0;
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function set(one, text) {
  if (text === one.default) values.delete(one.name);
  else values.set(one.name, text);
  change();
}

const value_of = (one) => values.get(one.name) ?? one.default;

// A step that makes some hundred of a range, when the script says none: 1, 2 or 5 times a power of ten.
function usual_step(one) {
  const rough = (Number(one.max) - Number(one.min)) / 100, power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough * 0.999);
}

// The position of a slider as text, without what binary numbers add: 0.30000000000000004 is 0.3.
const tidy = (number) => String(Number(number.toPrecision(12)));

function control(one) {
  const id = "p-" + one.name, about = element("p", { className: "about", id: id + "-about", textContent: one.about });
  const label = element("label", { htmlFor: id, textContent: one.name });
  const parts = one.choices ? choice(one, id) : one.kind === "number" ? number(one, id) : one.kind === "flag" ? flag(one, id)
    : words(one, id);
  for (const part of [parts.field, parts.slider]) if (part && one.about) part.setAttribute("aria-describedby", about.id);
  const line = element("div", { className: "line" }, label);
  if (!parts.wide) line.append(parts.field);
  const all = element("div", { className: "control" }, line);
  if (parts.wide) all.append(parts.field);
  if (one.about) all.append(about);
  if (parts.slider) all.append(parts.slider, parts.ends);
  return all;
}

function number(one, id) {
  const field = element("input", { id, type: "number", value: value_of(one), step: "any" });
  for (const end of ["min", "max"]) if (one[end] !== undefined) field[end] = one[end];
  const slider = one.min !== undefined && one.max !== undefined ? range(one, id) : null;
  field.addEventListener("input", () => {
    const good = field.value !== "" && field.checkValidity();
    field.setAttribute("aria-invalid", String(!good));
    if (!good) return;
    if (slider) slider.value = field.value;
    set(one, field.value);
  });
  if (!slider) return { field };
  slider.addEventListener("input", () => {
    field.value = tidy(Number(slider.value));
    field.setAttribute("aria-invalid", "false");
    set(one, field.value);
  });
  return { field, slider, ends: element("div", { className: "ends" }, element("span", { textContent: one.min }),
    element("span", { textContent: one.max })) };
}

function range(one, id) {
  const slider = element("input", { type: "range", id: id + "-slider", min: one.min, max: one.max });
  slider.step = one.step ?? usual_step(one);
  slider.value = value_of(one);
  slider.setAttribute("aria-label", one.name);
  return slider;
}

function choice(one, id) {
  const field = element("select", { id }, ...one.choices.map((text) => element("option", { value: text, textContent: text })));
  field.value = value_of(one);
  field.addEventListener("input", () => set(one, field.value));
  return { field };
}

function flag(one, id) {
  const field = element("input", { id, type: "checkbox", checked: value_of(one) === "true" });
  field.addEventListener("input", () => set(one, String(field.checked)));
  return { field };
}

function words(one, id) {
  const field = element("input", { id, type: "text", className: "wide", value: value_of(one) });
  field.spellcheck = false;
  field.addEventListener("input", () => set(one, field.value));
  return { field, wide: true };
}

function remake_controls() {
  made = "";
  const all = declared.map((one) => ({ ...one, value: value_of(one) }));
  make_controls(all);
}

// --- buttons ----------------------------------------------------------------------------------------------------------

function say(text) {
  by("state").textContent = text;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    say("Copied: " + text);
  } catch {
    say("Not copied, since the browser does not allow it. The command: " + text);
  }
}

// A run like the one that is shown, for the same figure as PDF.
async function save_pdf(path, of, button) {
  button.disabled = true;
  try {
    const run = await ask(request(".pdf", tab + "-pdf", of), undefined, () => {});
    const bytes = run.figures.get(path);
    if (!bytes) throw new Error("the run has not saved it again");
    const url = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
    const name = path.replace(/^.*\//, "").replace(/\.[^.]*$/, "") + ".pdf";
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    say("Saved " + name);
  } catch (problem) {
    say("No PDF: " + problem.message);
  }
  button.disabled = false;
}

let n_kept = 0;

function keep() {
  if (!shown) return;
  const run = shown, title = "kept-" + ++n_kept;
  for (const one of run.pictures) one.kept = true;
  const card = element("article", { className: "result kept" });
  const button = (text, action) => {
    const made = element("button", { type: "button", textContent: text });
    made.addEventListener("click", action);
    return made;
  };
  const remove = button("Remove", () => {
    card.remove();
    for (const one of run.pictures) one.kept = false;
    if (shown !== run) for (const one of run.pictures) URL.revokeObjectURL(one.url);
    by("shown").classList.toggle("has-kept", by("kept").childElementCount > 0);
    by("keep").focus();
  });
  card.setAttribute("aria-labelledby", title);
  card.append(element("header", {}, element("h2", { id: title, textContent: "Kept " + n_kept }),
    element("p", { className: "values", textContent: run.label }),
    element("div", { className: "actions" }, button("Use", () => use(run.of)),
      button("Copy command", () => copy(run.command)), remove)));
  card.append(element("div", { className: "figures" }, ...run.pictures.map((one) => figure_element({ ...one,
    image: Object.assign(new Image(), { src: one.url, alt: one.image.alt }) }, run.of))));
  if (run.printed) card.append(element("div", { className: "printed-of" }, element("pre", { textContent: run.printed })));
  by("kept").prepend(card);
  by("shown").classList.add("has-kept");
  say("Kept " + n_kept + ": " + run.label);
}

function use(of) {
  values = new Map(of.values);
  by("seed").value = of.seed;
  remake_controls();
  change();
}

let last_seed = 0;

by("another").addEventListener("click", () => {
  last_seed = Math.max(last_seed, Number(by("seed").value) || 0) + 1;
  by("seed").value = String(last_seed);
  change();
});
by("seed").addEventListener("input", () => {
  const good = by("seed").checkValidity() && Number(by("seed").value) <= 4294967295;
  by("seed").setAttribute("aria-invalid", String(!good));
  if (good) change();
});
by("reset").addEventListener("click", () => use({ values: new Map(), seed: "" }));
by("again").addEventListener("click", begin);
by("stop").addEventListener("click", () => running && running.controller.abort());
by("keep").addEventListener("click", keep);
by("copy").addEventListener("click", () => copy(by("copy").dataset.command));
by("controls").addEventListener("submit", (event) => event.preventDefault());

// --- a page that is loaded again shows what it showed -------------------------------------------------------------------

function save_state(of) {
  const form = new URLSearchParams([...of.values]);
  if (of.seed !== "") form.append(" seed", of.seed);
  history.replaceState(null, "", "#" + form);
}

function load_state() {
  if (location.hash.length < 2) return null;
  const form = new URLSearchParams(location.hash.slice(1));
  by("seed").value = form.get(" seed") ?? "";
  form.delete(" seed");
  values = new Map(form);
  return current();
}

start(load_state());
