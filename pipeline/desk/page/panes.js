// The pictures: side by side, one alone, or two under a slider. A picture is replaced only once the next can be seen, and
// scrolls and zooms stay where they are; all panes scroll as one.
import { made } from "./parts.js";

const [GAP, ABOVE, BELOW, EDGE] = [16, 44, 30, 2]; // pixels: between columns; of a row besides its pictures; of a slider; a frame's
const READABLE = 0.8; // rows are scrolled rather than made smaller than that, each picture whole
const AROUND = ["header", "footer", "#lost", "#notice", "#past"]; // what the window shows above and below the pictures

export class Panes {
  constructor(room, look, seen) {
    Object.assign(this, { room, look, seen, panes: new Map(), form: "" });
  }

  // pictures: {"page" or "preview": {edition: {name, width, height}}}
  // sources: {"page" or "preview": {link}}, what a click opens
  show(pictures, editions, sources) {
    const { view } = this.look;
    const pages = editions.filter((name) => name in (pictures.page ?? {}));
    const slider = view === "slider" && pages.length > 1;
    const alone = pages.includes(view) ? [view] : pages;
    const previews = editions.filter((name) => name in (pictures.preview ?? {}));
    const wanted = slider ? [["page", pages.slice(0, 2)]] : alone.map((edition) => ["page", [edition]]);
    const drawn = previews.filter((edition) => (slider ? edition === pages[0] : alone.includes(edition)));
    wanted.push(...drawn.map((edition) => ["preview", [edition]]));
    this.arrange(wanted.map(([kind, shown]) => pictures[kind][shown[0]]), slider ? BELOW : 0);
    const form = JSON.stringify([view, wanted]);
    if (form !== this.form) this.lay(wanted, form);
    const swaps = wanted.map(([kind, shown]) => this.fill(this.panes.get(`${kind} ${shown}`), shown.map((edition) => pictures[kind][edition]), sources[kind]?.link));
    Promise.all(swaps).then((done) => done.every(Boolean) && this.seen());
  }

  lay(wanted, form) {
    // new panes, those that were there before as they were
    const before = this.panes;
    this.form = form;
    this.panes = new Map(wanted.map(([kind, shown]) => [`${kind} ${shown}`, before.get(`${kind} ${shown}`) ?? this.pane(kind, shown)]));
    this.room.replaceChildren(...[...this.panes.values()].map((pane) => pane.figure));
  }

  pane(kind, shown) {
    const images = shown.map((edition) => made("img", { alt: `${kind === "page" ? "TeX" : "Matplotlib"}, ${edition}`, draggable: "false" }));
    const anchor = made("a", { title: "open its source in your editor", parts: images, class: shown.length > 1 ? "compare" : null });
    const view = made("div", { class: "view", tabindex: "0", "data-edition": shown[0], parts: [anchor] });
    const caption = made("figcaption", { parts: [made("span", { text: shown.join(" | ") }), made("span", { text: kind === "page" ? "TeX" : "Matplotlib" })] });
    const figure = made("figure", { class: kind, parts: [caption, view] });
    const pane = { figure, view, anchor, images, names: [], sizes: [] };
    view.addEventListener("scroll", () => this.follow(pane));
    if (shown.length > 1) figure.append(this.range(anchor, shown));
    return pane;
  }

  range(anchor, shown) {
    const range = made("input", { type: "range", min: 0, max: 100, step: 0.5, value: this.look.at, "aria-label": `How much is ${shown[0]}` });
    const move = () => anchor.style.setProperty("--at", `${(this.look.at = +range.value)}%`);
    range.addEventListener("input", move);
    move();
    return range;
  }

  async fill(pane, pictures, link) {
    if (link) pane.anchor.href = link;
    else pane.anchor.removeAttribute("href");
    pane.wanted = pictures.map((picture) => picture.name).join();
    const fresh = pictures.some((picture, k) => picture.name !== pane.names[k]);
    if (fresh) {
      const next = pictures.map((picture) => Object.assign(new Image(), { src: `picture/${picture.name}` }));
      const there = await Promise.all(next.map((image) => image.decode().then(() => true, () => false)));
      if (pane.wanted !== pictures.map((picture) => picture.name).join() || !there.every(Boolean)) return false;
      pane.images.forEach((image, k) => (image.src = next[k].src));
      pane.names = pictures.map((picture) => picture.name);
      await Promise.all(pane.images.map((image) => image.decode().catch(() => null)));
    }
    this.size(pane, pictures);
    return true;
  }

  size(pane, pictures) {
    const scale = this.look.zoom ?? this.fit;
    const { view } = pane;
    const middle = [(view.scrollLeft + view.clientWidth / 2) / view.scrollWidth, (view.scrollTop + view.clientHeight / 2) / view.scrollHeight];
    const changed = pane.scale && pane.scale !== scale;
    pane.scale = scale;
    pane.images.forEach((image, k) => {
      image.style.width = `${pictures[k].width * scale}px`;
      image.style.height = `${pictures[k].height * scale}px`;
    });
    if (changed) view.scrollTo(middle[0] * view.scrollWidth - view.clientWidth / 2, middle[1] * view.scrollHeight - view.clientHeight / 2);
  }

  // as many columns as make the pictures largest; each can be seen whole
  arrange(pictures, below) {
    const around = AROUND.map((one) => document.querySelector(one).offsetHeight).reduce((sum, one) => sum + one, 0);
    const [width, height] = [this.room.clientWidth - 40, Math.max(200, innerHeight - around - GAP - below)];
    const [widest, highest] = ["width", "height"].map((side) => Math.max(1, ...pictures.map((picture) => picture[side])));
    const across = (columns) => ((width - GAP * (columns - 1)) / columns - EDGE) / widest;
    const scale = (columns) => {
      const rows = Math.ceil(pictures.length / columns);
      return Math.min(across(columns), (height - ABOVE * rows) / rows / highest);
    };
    const columns = pictures.map((_, k) => k + 1);
    const best = columns.reduce((one, other) => (scale(other) > scale(one) + 0.02 ? other : one), 1);
    this.room.style.setProperty("--columns", best);
    this.room.style.setProperty("--high", `${height - ABOVE + EDGE}px`);
    this.fit = Math.max(0.1, Math.min(2, across(best), (height - ABOVE) / highest, Math.max(scale(best), READABLE)));
  }

  fitted() {
    return this.panes.values().next().value?.scale ?? 1;
  }

  follow(from) {
    // all panes show the same place
    if (this.followed === from) return (this.followed = null);
    const across = from.view.scrollLeft / Math.max(1, from.view.scrollWidth - from.view.clientWidth);
    const down = from.view.scrollTop / Math.max(1, from.view.scrollHeight - from.view.clientHeight);
    for (const pane of this.panes.values()) {
      if (pane === from) continue;
      const left = Math.round(across * (pane.view.scrollWidth - pane.view.clientWidth));
      const top = Math.round(down * (pane.view.scrollHeight - pane.view.clientHeight));
      if (Math.abs(pane.view.scrollLeft - left) > 1 || Math.abs(pane.view.scrollTop - top) > 1) {
        this.followed = pane;
        pane.view.scrollTo(left, top);
      }
    }
  }
}
