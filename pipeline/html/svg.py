"""SVG without waste: what pdftocairo makes of a figure, in a fraction of its bytes."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from pipeline.html.outlines import Matrix, outline, uniform

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
COLOUR = re.compile(r"rgb\(([\d.]+)%,\s*([\d.]+)%,\s*([\d.]+)%\)")
MATRIX = re.compile(r"matrix\(([^)]*)\)")
# What a viewer takes where nothing is said; pdftocairo says it all the same.
DEFAULTS = {"fill-rule": "nonzero", "fill-opacity": "1", "stroke-width": "1", "stroke-linecap": "butt",
            "stroke-linejoin": "miter", "stroke": "none", "stroke-opacity": "1", "clip-rule": "nonzero"}  # fmt: skip
MITRE = "stroke-miterlimit"  # 10 in PDFs and 4 in SVG: said once, on top
NUMBERS = "x", "y", "width", "height", "offset", "x1", "x2", "y1", "y2", "cx", "cy", "r", "fx", "fy"
REPEATED = 3  # a shape that is drawn as often is drawn once, and used
SHORT = 24  # letters of an outline that is not worth that


def number(text: str, digits: int = 2) -> str:
    """A number as short as it can be."""
    return f"{float(text):.{digits}f}".rstrip("0").rstrip(".").replace("-0.", "-.").removeprefix("0") or "0"


def colour(text: str) -> str:
    found = COLOUR.fullmatch(text)
    return "#" + "".join(f"{round(2.55 * float(part)):02x}" for part in found.groups()) if found else text


def styled(element: Element) -> None:
    """Turns an element's style into attributes, short ones, and drops those that say nothing."""
    pairs = (part.partition(":") for part in element.attrib.pop("style", "").split(";") if part.strip())
    attributes = element.attrib | {name.strip(): colour(value.strip()) for name, _, value in pairs}
    for name in ("stroke-dashoffset", "stroke-width", *NUMBERS):
        if name in attributes and re.fullmatch(r"-?[\d.]+", attributes[name]):
            attributes[name] = number(attributes[name], 3 if name in ("stroke-width", "offset") else 2)
    if attributes.get("stroke", "none") == "none":
        attributes = {name: value for name, value in attributes.items() if not name.startswith("stroke")}
    if attributes.get("fill") == "none":
        attributes = {name: value for name, value in attributes.items() if name not in ("fill-rule", "fill-opacity")}
    kept = {k: v for k, v in attributes.items() if DEFAULTS.get(k) != v and k != MITRE}
    element.attrib.clear()
    element.attrib.update(kept)


def drawn(path: Element) -> None:
    """Draws an outline in the coordinates around it, where that leaves its line as it is, with short numbers."""
    found, matrix = MATRIX.fullmatch(path.get("transform", "")), None
    if found:
        matrix = Matrix(*(float(part) for part in re.split(r"[ ,]+", found[1].strip())))
        scale = uniform(matrix)
        if (scale is None and "stroke" in path.attrib) or path.get("fill", "").startswith("url"):
            path.set("transform", f"matrix({' '.join(number(str(each), 5) for each in matrix)})")
            matrix = None
        else:
            del path.attrib["transform"]
            for name in ("stroke-width", "stroke-dasharray", "stroke-dashoffset"):
                if name in path.attrib or (name == "stroke-width" and "stroke" in path.attrib):
                    lengths = re.split(r"[ ,]+", path.get(name, "1"))
                    path.set(name, " ".join(number(str(float(each) * (scale or 1)), 3) for each in lengths))
    path.set("d", outline(path.get("d", ""), matrix))


def small(svg: str) -> str:
    """An SVG of pdftocairo's, which looks the same to a hundredth of a point, in a fraction of its bytes."""
    root = fromstring(svg)
    for element in root.iter():
        element.tail = element.text = None
        styled(element)
        if element.tag == f"{SVG}path":
            drawn(element)
    for symbol in root.iter(f"{SVG}symbol"):
        glyph(symbol)
    shared(root)
    for holder in [*root.iter()]:
        if holder.tag != f"{SVG}symbol":
            gather(holder)
    root.set(MITRE, "10")
    text = tostring(root, encoding="unicode")
    text = text.replace("<ns0:", "<").replace("</ns0:", "</").replace("xmlns:ns0", "xmlns")
    return text.replace("ns1:href", "xlink:href").replace("xmlns:ns1", "xmlns:xlink").replace(" />", "/>")


def glyph(symbol: Element) -> None:
    """Makes a letter that is one outline just that."""
    if len(symbol) == 1 and symbol[0].tag == f"{SVG}path":
        path = symbol[0]
        symbol.tag = f"{SVG}path"
        symbol.attrib.pop("overflow", None)
        symbol.attrib |= path.attrib
        symbol[:] = []


def paths(root: Element) -> Iterator[Element]:
    """What is painted, in no definition."""
    for child in root:
        if child.tag == f"{SVG}path":
            yield child
        elif child.tag not in (f"{SVG}defs", f"{SVG}symbol", f"{SVG}clipPath"):
            yield from paths(child)


def shared(root: Element) -> None:
    """Draws shapes that stand in many places once, and uses them there."""
    drawn = [
        (path, match) for path in paths(root) if (match := re.match(r"M(\S+?) (\S+?)(?=[a-z])", path.get("d", "")))
    ]
    shapes = Counter(path.get("d", "")[match.end() :] for path, match in drawn)
    often = {
        shape: f"s{k}" for k, (shape, count) in enumerate(shapes.items()) if count >= REPEATED and len(shape) > SHORT
    }
    if often:
        defs = Element(f"{SVG}defs")
        root.insert(0, defs)
        for shape, name in often.items():
            SubElement(defs, f"{SVG}path", {"id": name, "d": f"M0 0{shape}"})
    for path, match in drawn:
        if (shape := path.attrib["d"][match.end() :]) in often:
            del path.attrib["d"]
            path.tag = f"{SVG}use"
            path.attrib |= {LINK: f"#{often[shape]}", "x": match[1], "y": match[2]}


OWN = {"d", "x", "y", LINK, "id", "transform", "clip-path", "mask"}  # not for all of a group


def gather(holder: Element) -> None:
    """Says once what neighbours have in common."""

    def common(element: Element) -> tuple[tuple[str, str], ...]:
        if element.tag not in (f"{SVG}path", f"{SVG}use"):
            return ()
        return tuple(sorted((k, v) for k, v in element.attrib.items() if k not in OWN))

    children: list[Element] = []
    for attributes, run in groupby(list(holder), common):
        alike = list(run)
        if len(alike) > 1 and attributes:
            group = Element(f"{SVG}g", dict(attributes))
            for element in alike:
                for name, _ in attributes:
                    del element.attrib[name]
            group.extend(alike)
            alike = [group]
        children += alike
    holder[:] = children
