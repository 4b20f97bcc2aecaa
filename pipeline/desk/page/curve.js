// The loss of a training as a curve that grows.
const SPACE = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [260, 110];

// Draws the losses of a history into an SVG, or its first numbers where none is called a loss; returns the last in words.
export function curve(svg, history) {
  const names = Object.keys(history).filter((name) => history[name].length > 1);
  const losses = names.filter((name) => name.endsWith("loss"));
  const drawn = losses.length ? losses : names.slice(0, 1);
  const all = drawn.flatMap((name) => history[name]).filter(Number.isFinite);
  const positive = all.length && Math.min(...all) > 0 && Math.max(...all) / Math.min(...all) > 20;
  const of = positive ? Math.log : (value) => value;
  const [low, high] = [of(Math.min(...all)), of(Math.max(...all))];
  svg.replaceChildren(
    ...drawn.map((name) => {
      const values = history[name];
      const points = values.map((value, k) => {
        const x = (WIDTH * k) / Math.max(1, values.length - 1);
        const y = 4 + (HEIGHT - 8) * (1 - (of(value) - low) / (high - low || 1));
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      });
      const line = document.createElementNS(SPACE, "polyline");
      line.setAttribute("points", points.join(" "));
      return line;
    }),
  );
  svg.toggleAttribute("hidden", !drawn.length);
  return drawn.map((name) => `${name} ${history[name].at(-1).toPrecision(3)}${positive ? ", logarithmic" : ""}`).join("; ");
}
