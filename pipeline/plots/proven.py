"""Which keys of PGFPlots and TikZ do not keep a dense plot from being a layer.

A plot can be a layer where each row is drawn at its own place, like all others, and where nothing else depends on the
rows but the limits. The keys below leave it so: tests/plots/test_matrix.py draws their kinds both ways. A key that is
not here is none of them. Names are as authors write them, without /tikz and /pgfplots; those that PGF and PGFPlots run
for themselves are here, too.
"""

import re
from functools import cache

VALUES = {
    # What does not change from row to row: no macros but the stylesheet's lengths.
    "CONSTANT": r"(?:[^\\]|\\(?:measure|panelgap|axiswidth|curvewidth|gridwidth|leastline|pgflinewidth)\b)*",
    "PLACES": r"(?:[-+\d.,\s{}/*e]|\bpi\b|\\(?:empty|dots|ldots)\b\s*)*",  # of ticks: numbers, or none
    "MARKS": r"none|dot|charted|cross|[*x+|o-]|asterisk|star|10-pointed star|Mercedes star(?: flipped)?"
    r"|(?:oplus|otimes|square|triangle|diamond|pentagon)\*?|half(?:circle|square|diamond)\*"
    r"|halfsquare (?:right|left)\*",
}
# A line is a pattern of names, and maybe of the values that are proven.
PROVEN = r"""
# ---- Lines, areas, marks, arrows, surfaces ----
draw|fill|color|text|opacity|(?:draw|fill|text) opacity|even odd rule|nonzero rule
line width|line (?:cap|join)|miter limit|dash (?:pattern|phase)
solid|(?:densely |loosely )?(?:dashed|dotted|dash dot|dash dot dot)|(?:ultra|very)? ?(?:thin|thick)|semithick
curve|hairline
only marks|no (?:markers|marks)|sharp plot
mark = MARKS
mark size
mark options|every mark|every plot
visualization depends on = value \\thisrow \{(?:across|up)\}\\as \\(?:across|up) ?
visualization depends on/list/\.add = \{\}\{,\{value \\thisrow \{(?:across|up)\}\\as \\(?:across|up) ?\}\}
empty line = jump|scanline|none|auto
arrows
quiver = u=\\thisrow \{u\}, v=\\thisrow \{v\}
quiver/[uv] = \\thisrow \{[uv]\}
quiver/quiver legend
surf|mesh|mesh/true|mesh legend|every mesh
shader = flat|faceted
shader/(?:flat|flat mean|faceted)
faceted color
contour prepared
contour prepared format = standard
contour prepared format/standard
contour/labels = false
contour/draw color|contour/every contour plot
point meta|set point meta if empty = f\(x\)|explicit|
colormap|colormap name|color sequence/.*|of colormap/.*|color of colormap
colormap access = map
colormap access/map
preaction = draw=\w+, line width=\\pgflinewidth \+[\d.]+pt
forget plot|area legend
layer|layer/auto
table/[xyz]|table/[xyz] (?:index|expr)
each nth point = \d+
# ---- Axes ----
[xyz](?:min|max|mode|label|ticklabels?)|[xyz]mode/.*|[xyz] dir|[xyz] dir/.*
[xyz]tick = PLACES
[xyz] dates = -?[\d.]+
[xyz] tick names
minor [xyz]tick = PLACES
extra [xyz] ticks = PLACES
extra [xyz] tick labels?|hide obscured [xyz] ticks(?:/.*)?|log identify minor tick positions(?:/.*)?
[xyz]tick distance|(?:minor [xyz] |minor )tick num
tick align|[xyz]tick align(?:/.*)?|tick ?pos|[xyz]tick ?pos(?:/.*)?|tick ?label ?pos|[xyz]ticklabel ?pos
(?:major|minor) tick length|try min ticks|max space between ticks
(?:[xyz] ?)?tick ?label style|(?:[xyz] ?)?tick style|(?:major|minor) tick style
scaled (?:[xyz] )?ticks(?:/.*)?|scaling/.*|log ticks with fixed point|log basis [xyz]|log basis ticks
log origin|log origin [xyz]|log origin(?: [xyz])?/.*
unbounded coords = jump
unbounded coords/jump
label style|[xyz]label (?:style|near ticks|shift|absolute)|title|title style
grid|grid/.*|[xyz]?(?:major|minor)grids|grid style|(?:major|minor) grid style
axis lines\*?|axis [xyz] line\*?(?:/.*)?|axis (?:line|x line|y line|z line) style|separate axis lines
(?:inner|outer) axis line style|[xyz] axis line style|axis on top|hide axis|hide [xyz] axis
clip|width|height|scale only axis|plot box ratio
axis equal(?: image)?(?:/.*)?|unit (?:vector ratio|rescale keep size)(?:/.*)?
enlargelimits|enlarge [xyz] limits|@enlargelimits/.*
view(?:/az|/el)?
domain|[yz] domain|samples
labels may repeat(?:/.*)?
legend|legend (?:pos|style|columns|entries|cell align|image post style)|legend (?:pos|cell align)/.*
cells|nodes|reverse legend
group style|group/.*|at|anchor|name|alias
every (?!path|picture|scope)[\w ]*|every 3d view \{.*\}
tick|naming commands|/pgfplots
scale = \\pgfkeysnovalue
# ---- What stands around ----
every (?:picture|scope|path)|current plot style|>|font|baseline
scale|[xy]scale|[xyz] post scale|rotate|[xy]slant = -?[\d.]+
[xy]shift|shift = CONSTANT
[xyz] = CONSTANT
# ---- Type ----
align|text (?:width|depth|height)|(?:inner|outer) [xy]?sep|minimum (?:width|height|size)|shape|(?:column|row) sep
/pgf/number format/.*
# ---- What they run for themselves ----
/pgf/(?:fpu|fpu/.*|@arrows decl/.*|arrow keys/.*|plots/@handler options/.*|clip|discard|stroke|fill)
/utils/exec = \\notingfalse|\\next_axis \\precisiongivenfalse|\\noteplot \{\d+\}
/utils/exec = \\graded \{[^\\{}]*\}\{[^\\{}]*\}\{\w+\}|\\(?:vivid|luminous) \{\w+\}|\\charting \{\w+\}
execute at (?:begin|end) node = \\(?:begin|end)_tick ?(?:\{[xyz]\})?|\\namestrut ?|\\tick_strut: ?
execute at begin axis/\.append = \\ifpgfplots@stackedmode \\pgfplots@if .*stack negative=on previous\}\}\\fi
every [xyz] tick scale label/\.code = \\ifpgfplotsthreedim .*
every path/\.(?:append|add) code = (?:\{\}\{)?\\pgfplots@every@addplot@path .*
every node/\.(?:append|add) code
log number format (?:basis|code)/.*|legend image code/\.code|[xyz]tick scale label code/\.code
every [xyz] tick label/\.code|every [xyz] tick scale label/\.style
specimen
execute at begin plot visualization/\.append = \\beginspecimen .*
execute at end plot visualization/\.append = \\pgfsys@invoke \{EMC\}
execute at end scope = \\pgfplots@clippath@install@BB@update
execute at (?:begin|end) scope = (?:\\global )?\\let \\tikz@intersect@named[\w@]+ \\tikz@intersect@named[\w@]+
"""
INSIDE = {"every path"}  # styles whose keys a path runs for itself


@cache
def lines() -> list[tuple[re.Pattern[str], re.Pattern[str] | None]]:
    """[(pattern of names, pattern of values, if they matter)]."""
    found = []
    for line in PROVEN.splitlines():
        if line and not line.startswith("# "):
            name, given, value = line.partition(" = ")
            found.append((re.compile(name), re.compile(VALUES.get(value, value)) if given else None))
    return found


@cache
def values(name: str) -> list[re.Pattern[str] | None]:
    """Patterns of the values with which a key is proven; None where they do not matter."""
    return [of for pattern, of in lines() if pattern.fullmatch(name)]


def named(name: str) -> bool:
    """Whether a key is proven, with some value at least."""
    return bool(values(name))


def allows(name: str, value: str) -> bool:
    """Whether a key with this value is proven."""
    return any(of is None or of.fullmatch(value) for of in values(name))
