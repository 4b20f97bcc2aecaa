"""The colours of pages: CSS variables of two themes or more, and a class for each ink."""

from collections.abc import Mapping

from pipeline.style.colour import luminance
from pipeline.style.palettes import COLUMNS
from pipeline.style.stylesheet import Stylesheet


def block(selector: str, properties: Mapping[str, str]) -> str:
    """A block of CSS."""
    lines = [f"  {name}: {value};\n" for name, value in properties.items()]
    return f"{selector} {{\n{''.join(lines)}}}\n"


def css(styles: Mapping[str, Stylesheet]) -> str:
    """The CSS of a page.

    styles : {theme: stylesheet}; dark is for readers whose system prefers it, light for all others.
    """
    themes = {}
    for theme, style in styles.items():
        scheme = "light" if luminance(style.colours["paper"]) > luminance(style.colours["ink"]) else "dark"
        themes[theme] = {"color-scheme": scheme} | {f"--{name}": value for name, value in style.shades.items()}
    dark, default = COLUMNS
    style = styles[default]
    text = block(":root", themes[default])
    text += f"@media (prefers-color-scheme: {dark}) {{\n{block(':root', themes[dark])}}}\n"
    text += "".join(block(f'[data-theme="{theme}"]', colours) for theme, colours in themes.items())
    text += block(":root, [data-theme]", {f"--{role}": f"var(--{colour})" for role, colour in style.roles.items()})
    for theme, other in styles.items():
        if other.tones:
            text += block(f'[data-theme="{theme}"]', {f"--{role}": value for role, value in other.tones.items()})
    return text + "".join(block(f".{name}, {scripts(name)}", {"color": f"var(--{name})"}) for name in style.inks)


def scripts(name: str) -> str:
    """What selects the index, exponent and primes of what has a colour: in KaTeX, in MathJax as HTML and as SVG, and in
    MathML, where colours of their own come first."""
    mathml = f":where(:is(msub, msup, msubsup) > .{name} ~ *)"
    return f".{name} + .msupsub, .{name} ~ mjx-script, [data-mml-node^=msu] > .{name} ~ g, {mathml}"
