// The page of the watch: it shows the state that the server tells, and remembers how its author looks at it.
import { change, fault, find, stage, made } from "./parts.js";
import { Panes } from "./panes.js";
import { curve } from "./curve.js";

const memory = JSON.parse(sessionStorage.getItem("look") ?? "{}");
const look = { view: "side", zoom: null, at: 50, ...memory };
const panes = new Panes(find("pictures"), look, seen);
let state = null; // as the server has told it last
let past = null; // the change that is looked at, if it is not the last

function keep() {
  sessionStorage.setItem("look", JSON.stringify(look));
}

function seen() {
  // all pictures of the last change can be seen
  const last = state?.changes.at(-1);
  const pictures = JSON.stringify(state?.pictures);
  if (past || !last || seen.of === pictures) return;
  seen.of = pictures;
  document.documentElement.dataset.seen = Date.now();
  if (Date.now() / 1000 - last.time < 600 && seen.time !== last.time && last.took !== null) {
    seen.time = last.time;
    seen.took = Date.now() / 1000 - last.time;
    tellStatus();
  }
}

function seconds(number) {
  return number < 10 ? `${number.toFixed(number < 1 ? 2 : 1)} s` : `${Math.round(number)} s`;
}

function tellStatus() {
  const failed = state?.faults.some((one) => one.kind === "error");
  const shown = !failed && seen.took && state?.changes.at(-1)?.time === seen.time ? `seen ${seconds(seen.took)} after it was saved` : "";
  const busy = state?.busy ? `${state.busy} …` : "";
  find("status").textContent = [shown, busy].filter(Boolean).join("; ") || standing();
}

function standing() {
  // what is said where nothing was saved and nothing is being made
  if (!state?.subject) return "";
  return state.faults.some((one) => one.kind === "error") ? "the last good pictures are shown" : "all is shown";
}

function render() {
  const { subject, faults, findings, checked, stale } = state;
  document.title = subject ? `${subject.name} – watch` : "Watch";
  find("book").textContent = state.book;
  if (subject) {
    find("title").textContent = subject.title;
    const source = subject.sources.page; // of what is gone there is none
    find("source").textContent = source ? `${source.file}:${source.line}` : "";
    find("source").href = source?.link ?? "";
  }
  find("notice").hidden = !state.notice;
  find("notice").textContent = state.notice;
  find("names").replaceChildren(...Object.entries(state.names).map(([name, title]) => made("option", { value: name, text: title })));
  for (const part of ["faults", "findings"]) find(part).classList.toggle("earlier", !!state.busy); // of the build before
  find("pictures").dataset.stale = past ? "" : stale.join(" ");
  find("faults").replaceChildren(...faults.map(fault));
  const found = findings ?? [];
  const heading = subject?.kind !== "figure" || stale.includes("page") ? [] : [made("h2", { text: "Findings" })];
  const nothing = !checked || found.length ? [] : [made("p", { text: "Palette, contrast, lines and type: nothing is found." })];
  const waiting = checked ? [] : [made("p", { text: "…" })];
  find("findings").replaceChildren(...(heading.length ? [...heading, ...nothing, ...waiting, ...found.map(fault)] : []));
  find("stages").replaceChildren(...state.stages.map(stage));
  find("changes").replaceChildren(...state.changes.map((one) => change(one, past === one.time, () => turnTo(one))));
  if (!past) find("changes").scrollLeft = find("changes").scrollWidth;
  const { training } = state;
  find("training").hidden = !training;
  if (training) {
    find("model").textContent = `${training.model}, epoch ${training.epoch} of ${training.epochs}`;
    find("epochs").max = training.epochs;
    find("epochs").value = training.epoch;
    find("loss").textContent = curve(find("curve"), training.history ?? {});
  }
  views();
  tellStatus();
  show();
}

function show() {
  // the pictures of now, or of the change that is looked at
  const then = state.changes.find((one) => one.time === past);
  find("past").hidden = !then;
  const pictures = then?.pictures ?? state.pictures;
  const first = Object.values(pictures.page ?? {})[0];
  find("pages").hidden = !first || state.subject?.kind === "figure";
  find("page").textContent = first ? `${first.page} of ${first.pages}` : "";
  panes.show(pictures, state.editions, state.subject?.sources ?? {});
  find("scale").textContent = look.zoom ? `${Math.round(look.zoom * 100)} %` : "fit";
}

function views() {
  find("views").hidden = state.editions.length < 2; // of one edition there is nothing to choose
  const all = [["side", "Side by side", "1"], ["slider", "Slider", "s"], ...state.editions.map((name, k) => [name, name, `${k + 2}`])];
  const buttons = all.map(([view, text, key]) => {
    const button = made("button", { text, title: `(${key})` });
    button.setAttribute("aria-pressed", look.view === view);
    button.addEventListener("click", () => choose(view));
    return button;
  });
  if (views.of !== all.join() + look.view) find("views").replaceChildren(...buttons);
  views.of = all.join() + look.view;
}

function choose(view) {
  look.view = view;
  keep();
  views();
  show();
}

function zoom(how) {
  const now = look.zoom ?? panes.fitted();
  look.zoom = how === "fit" ? null : Math.min(4, Math.max(0.25, how === "in" ? step(now, 1) : step(now, -1)));
  keep();
  show();
}

function step(now, way) {
  const steps = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];
  const next = way > 0 ? steps.find((one) => one > now + 0.01) : steps.findLast((one) => one < now - 0.01);
  return next ?? now;
}

function turnTo(one) {
  past = one && one.time !== state.changes.at(-1)?.time ? one.time : null;
  render();
}

async function ask(question) {
  const answer = await fetch("turn", { method: "POST", body: JSON.stringify(question) });
  const { error, try: hint } = answer.ok ? {} : await answer.json();
  find("name").setAttribute("aria-invalid", !answer.ok);
  find("name").setCustomValidity(error ? [error, hint].filter(Boolean).join("; try ") : "");
  find("name").reportValidity();
  return answer.ok;
}

find("finder").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await ask({ name: find("name").value.trim() })) find("name").value = "";
});
find("name").addEventListener("input", () => find("name").setCustomValidity(""));
find("name").addEventListener("change", () => {
  if (state?.names[find("name").value]) find("finder").requestSubmit();
});
find("now").addEventListener("click", () => turnTo(null));
for (const button of document.querySelectorAll("[data-zoom]")) button.addEventListener("click", () => zoom(button.dataset.zoom));
for (const button of document.querySelectorAll("[data-page]")) button.addEventListener("click", () => page(+button.dataset.page));

function page(way) {
  const first = Object.values(state?.pictures.page ?? {})[0];
  if (first && state.subject.kind !== "figure") ask({ page: Math.max(1, first.page + way) });
}

function history(way) {
  const all = state?.changes ?? [];
  const now = past ? all.findIndex((one) => one.time === past) : all.length - 1;
  turnTo(all[Math.min(all.length - 1, Math.max(0, now + way))]);
}

const KEYS = {
  "1": () => choose("side"), "s": () => choose("slider"), "+": () => zoom("in"), "=": () => zoom("in"), "-": () => zoom("out"),
  "0": () => zoom("fit"), "ArrowLeft": () => history(-1), "ArrowRight": () => history(1), "Escape": () => turnTo(null),
  "PageUp": () => page(-1), "PageDown": () => page(1), "/": () => find("name").focus(),
};

addEventListener("keydown", (event) => {
  if (!state || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches(event.key.startsWith("Arrow") ? "input" : "input:not([type=range])")) return; // they are its own
  const edition = state.editions[Number(event.key) - 2];
  const act = KEYS[event.key] ?? (edition && (() => choose(edition)));
  if (act) {
    event.preventDefault();
    act();
  }
});
addEventListener("resize", () => state && show());

const events = new EventSource("events");
events.addEventListener("open", () => (find("lost").hidden = true));
events.addEventListener("error", () => (find("lost").hidden = false));
events.addEventListener("message", (event) => {
  state = JSON.parse(event.data);
  if (past && !state.changes.some((one) => one.time === past)) past = null;
  render();
});
