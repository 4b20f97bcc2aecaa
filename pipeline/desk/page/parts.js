// Pieces of the page. Texts are set as texts: nothing that a book says becomes HTML.
export const find = (id) => document.getElementById(id);

export function made(tag, { text, parts = [], ...attributes } = {}) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  element.append(...parts);
  return element;
}

const CLASSES = { error: "fault", note: "fault note" };

export function fault(one) {
  // an error, what is to be mended, or a finding
  const where = one.line ? `${one.file}:${one.line}` : one.file;
  const parts = [];
  if (where) parts.push(made("p", { class: "where", parts: [made("a", { href: one.link, text: where })] }));
  parts.push(made("p", { class: "said", text: one.text }));
  if (one.rows.try) parts.push(made("p", { class: "try", text: `Try: ${one.rows.try}` }));
  if (one.editions?.length) parts.push(made("p", { class: "try", text: one.editions.join(", ") }));
  return made("div", { class: CLASSES[one.kind] ?? "fault mild", parts });
}

const WORDS = { runs: "…", stopped: "stopped", failed: "failed" };

export function stage(one) {
  const name = [one.name?.split("/").at(-1), one.edition].filter(Boolean).join(", ");
  const took = one.state === "ended" ? `${one.seconds.toFixed(1)} s` : WORDS[one.state];
  return made("tr", { class: one.state, parts: [made("td", { text: one.stage }), made("td", { text: name }), made("td", { text: took })] });
}

export function change(one, pressed, act) {
  const names = one.files.map(({ file, line, gone }) => `${file.split("/").slice(-2).join("/")}${gone ? " (gone)" : line ? `:${line}` : ""}`);
  const time = new Date(one.time * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const took = one.failed ? "failed" : one.overtaken ? "overtaken" : one.took === null ? "…" : `${one.took.toFixed(1)} s`;
  const button = made("button", {
    class: one.failed ? "failed" : null, "aria-pressed": pressed, title: one.files.map(({ file, line }) => `${file}:${line ?? 1}`).join("\n"),
    parts: [made("span", { text: names.join(", ") }), made("small", { text: `${time}  ${took}` })],
  });
  button.addEventListener("click", act);
  return made("li", { parts: [button] });
}
