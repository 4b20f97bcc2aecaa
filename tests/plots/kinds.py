"""Kinds of plots, axes and options, from PGFPlots's manual, and whether their plots become layers.

A kind is (axis's options, plots): {name} stands for a table's path. Where it has one plot of one table, options alone
are written.
"""

P, C, S = (
    r"\addplot[points=class0] table {points};",
    r"\addplot[curve] table {curve};",
    r"\addplot3[surf, shader=flat] table[z=value] {field};",
)
Q, R = r"\addplot3[points=class1] table {helix};", r"\addplot3[curve] table {helix};"


def plots(options, table="curve", three="", chosen=""):
    return [("", rf"\addplot{three}[{each}] table{chosen} {{{table}}};") for each in options]


def axes(options, *drawn):
    return [(each, "\n".join(drawn or (P, C))) for each in options]


MARKS = """*;x;+;o;|;-;asterisk;star;oplus;oplus*;otimes;otimes*;square;square*;triangle;triangle*;diamond;diamond*;pentagon;pentagon*
halfcircle*;dot;cross;10-pointed star;Mercedes star;Mercedes star flipped;halfsquare right*;halfsquare left*;halfdiamond*""".replace(
    "\n", ";"
).split(";")
LINES = """red;blue!50!green;draw=red;color=teal;thin;very thin;ultra thin;thick;very thick;ultra thick;semithick;line width=3pt;solid;dashed;dotted
densely dashed;loosely dashed;densely dotted;loosely dotted;dash dot;dash dot dot;densely dash dot;dash pattern=on 4pt off 1pt on 1pt off 1pt
dash pattern=on 3pt off 2pt, dash phase=1pt;line cap=round, line width=3pt, dash pattern=on 0pt off 5pt;line join=bevel, line width=2pt
line join=miter, miter limit=2, line width=2pt;opacity=0.5, thick;draw opacity=0.3, thick;fill=blue!20;draw=none, fill=blue!20
fill=blue!20, fill opacity=0.5;fill=blue, even odd rule;fill=blue, nonzero rule;mark=*;mark=x, mark size=3pt;mark=square*, mark options={fill=red}
mark=*, mark options={scale=0.5};mark=triangle, mark options={rotate=180};mark=*, every mark/.append style={fill=red};no markers;no marks;sharp plot
sharp plot, mark=o;curve, target;hairline, input;reference;over field;forget plot;mark=o, only marks
preaction={draw=paper, line width=\\pgflinewidth+2pt}, thick;layer=auto;curve, mark=*, mark size=1pt, mark options={draw=paper, line width=0.2pt}
domain=0:1;samples=7;empty line=jump;empty line=none""".replace("\n", ";").split(";")
POINTS = """points=class0;big points=class1;field points=class2;field cross=class3;crosses=ink;ring=energy;graded={1}{4}{heat};mark=*, only marks, mark size=4pt
charted points;charted points, mark size=2pt;only marks, mark=*, opacity=0.4;only marks, mark=o, draw=red;only marks, mark=*, fill=red, draw=blue;only marks, mark=+, thick;each nth point=2, points=ink
only marks, mark=*, mark options={draw=red, fill=yellow, line width=1pt};only marks, mark=square, mark options={rotate=30, scale=1.5}
only marks, mark=triangle*, mark options={xscale=2};points=ink, xshift=2pt;only marks, mark=*, mark options={xshift=2pt};only marks, mark=-, mark size=5pt""".replace(
    "\n", ";"
).split(";")
AXES = """xmin=-1.5, xmax=1.5;ymax=0.5;ymin=-0.3, ymax=2;xmin=-1;xmin=0, ymin=0;x dir=reverse;y dir=reverse;x dir=reverse, y dir=reverse;axis lines=middle
axis lines=left;axis lines=right;axis lines=none;axis lines=box;axis lines=center;axis lines*=left;axis x line=bottom;axis y line=right;axis x line=none
axis x line*=middle, axis y line*=left;hide axis;hide x axis;hide y axis;clip=false;clip=false, xmin=-0.5, xmax=0.5, ymin=-1, ymax=1;rotate=30
rotate=45, clip=false;hide axis, rotate=45;hide axis, rotate=20, clip=false;scale=0.7;xscale=0.8;yscale=1.2;xslant=0.3;hide axis, xslant=0.4
axis equal;axis equal image;unit vector ratio=1 2;enlargelimits=false;enlargelimits=0.3;enlargelimits=auto;enlarge x limits=0.2;enlargelimits={abs=0.5}
enlarge y limits={upper, value=0.3};enlargelimits=false, clip=false;plane, xmin=-2, xmax=2, ymin=-2, ymax=3;plane axes;full turn, ymin=-2, ymax=3;grid=none;grid=both;grid=minor
xmajorgrids=false;ymajorgrids;xminorgrids, minor tick num=1;grid style={red, dashed};major grid style={red};minor grid style={blue};axis on top
axis on top=true, grid=both;xtick=\\empty;xtick={-1,0,1};xtick={-2,-1,...,2};ytick={0,1}, yticklabels={a,b};xticklabels=\\empty;xtick distance=1
ytick distance=2;minor tick num=2;minor x tick num=3;minor xtick={-0.5,0.5};extra x ticks={0.3};extra y ticks={0.7}, extra y tick labels={here}
tick align=inside;tick align=center;xtick align=outside;tickpos=right;xtick pos=top;ytick pos=both;tick pos=both;major tick length=5pt;minor tick length=3pt
ticklabel pos=right;yticklabel pos=right;xticklabel pos=top;ticklabel style={rotate=45};xticklabel style={rotate=90, anchor=east};tick label style={red}
yticklabel style={/pgf/number format/fixed};tick style={red, thick};xtick style={draw=none};scaled ticks=true;scaled x ticks=base 10:2;scaled y ticks=base 10:-1
try min ticks=5;max space between ticks=20;title=title;title={a \\& b};title style={yshift=3pt};xlabel=$x$;ylabel={a long label};zlabel=$z$
xlabel near ticks, xlabel=$x$;ylabel near ticks, ylabel=$y$;xlabel style={red}, xlabel=x;label style={font=\\tiny}, xlabel=x;xlabel shift=3pt, xlabel=x
axis line style={red};x axis line style={blue, thick};axis line style={draw=none};axis line style={->};inner axis line style={red};outer axis line style={red}
separate axis lines;legend pos=north west, legend entries={a,b};legend entries={a,b};legend style={draw=red}, legend entries={p,c};legend columns=2, legend entries={a,b}
legend pos=outer north east, legend entries={a};legend cell align=left, legend entries={a,bb};reverse legend, legend entries={a,b};width=70pt;height=60pt
width=60pt, height=60pt, scale only axis=false;colormap name=heat;no markers;font=\\tiny;domain=0:1;anchor=north, at={(0,0)};anchor=center;anchor=outer north east
at={(10pt,5pt)};name=here;xmin=0.1, xmax=2, ymin=0.1, xmode=linear;/pgf/number format/1000 sep={};every axis plot/.append style={thick}
every axis plot post/.append style={mark size=2pt};every axis/.append style={grid=none};every tick/.append style={red};every mark/.append style={fill=red}
every axis title/.append style={red}, title=t;/pgfplots/own/.style={thick, dashed}, every axis plot/.append style={own};plot box ratio=1 2;xshift=5pt;yshift=3pt;x=8pt;y=6pt
draw=red;opacity=0.5;line width=1pt;text=red;legend image post style={red}, legend entries={a,b};ylabel absolute, ylabel=y;baseline;axis background/.style={fill=yellow!10}""".replace(
    "\n", ";"
).split(";")
LOGS = """ymode=log;xmode=log;xmode=log, ymode=log;ymode=log, ymin=0.2;ymode=log, ymin=0.1, ymax=100;ymode=log, log ticks with fixed point;ymode=log, log basis y=2
ymode=log, enlargelimits=0.2;ymode=log, ytick={0.2,1,5};ymode=log, y dir=reverse;xmode=log, xtick={0.5,1,2};ymode=log, grid=both;ymode=log, minor tick num=1
ymode=log, clip=false, ymin=1;ymode=log, hide axis;ymode=log, rotate=20""".replace("\n", ";").split(";")
SPACES = """view={60}{20};view={0}{90};view={120}{40};view={25}{30}, hide axis;view={60}{20}, hide axis;clip=false, view={30}{60};zmax=4;zmin=1, zmax=5;xmin=-0.5
axis lines=left;axis lines=middle;axis lines=none, view={10}{70};plot box ratio={2 1 1};grid=major, view={40}{10};z dir=reverse;zmode=linear;axis equal
axis equal image;enlargelimits=false;enlargelimits=0.2;ztick={0,3,6};ztick=\\empty;zlabel=$z$, xlabel=$x$, ylabel=$y$;rotate=20;hide axis, rotate=20
clip=false, zmax=3, zmin=1, xmin=-2, xmax=2, ymin=-2, ymax=2;axis on top;xticklabels=\\empty;z buffer=none, view={30}{30}""".replace(
    "\n", ";"
).split(";")[:-1]
SURFACES = """shader=flat;shader=faceted;shader=faceted, faceted color=black;shader=flat, colormap name=heat;
shader=flat, draw=black;shader=faceted, faceted color=mapped color!70!paper;shader=flat, forget plot;shader=faceted, thick;draw=none;draw=red
shader=faceted, colormap name=signed""".replace("\n", ";").split(";")
ARROWS = """vectors=latent;vectors=ink, thick;vectors=latent, -{Stealth[length=6pt, width=5pt]};vectors=red, line width=0.2pt;vectors=ink, opacity=0.5;vectors=ink, dashed
vectors=ink, forget plot""".replace("\n", ";").split(";")
AREAS = """region=class0;region=class0!50!paper, draw=axis;band={2}{5};band={0}{4}, fill opacity=0.5;outline=latent;region=red, opacity=0.5;curve, draw=red, fill=blue!10
outline=ink, dashed;region=class1, draw=red, thick;draw=red, empty line=jump""".replace("\n", ";").split(";")
LAYERED = [
    *plots(LINES), *plots(POINTS, "points"), *plots([f"only marks, mark={mark}" for mark in MARKS], "points"),
    *axes(AXES), *axes(LOGS, r"\addplot[points=class0] table {positive}; \addplot[curve, mark=*] table {positive};"),
    *axes(SPACES, Q, R), *axes(["", "view={28}{24}", "hide axis, view={0}{90}", "view={0}{90}", "view={-40}{30}", "colormap name=heat", "grid=none"], S),
    *plots([f"surf, {each}" for each in SURFACES], "field", "3", "[z=value]"),
    *plots(ARROWS, "arrows"), *axes(["", "xmin=-0.5, xmax=0.5", "clip=false", "hide axis, rotate=30", "x dir=reverse"], r"\addplot[vectors=ink] table {arrows};"),
    *plots(AREAS, "area"), *plots(["level lines", "level lines, thick", "hairline, draw=axis, empty line=jump"], "levels"), *plots(["curve, mark=+", "outline=ink"], "pieces"),
    *plots(["points=ink", "curve"], "curve", "", "[x=y, y=x]"), *plots(["points=ink"], "curve", "", "[x index=1, y index=0]"), 
    ("", r"\addplot+[only marks] table {points}; \addplot+ table {curve};"), ("", r"\addplot[points=ink] table {points}; \addlegendentry{a}"),
    ("", P + r"\draw[thick] (axis cs:0,0) -- (axis cs:1,1);"), ("", P + r"\node[draw, rotate=30, circle] at (axis cs:0,0) {\tiny n}; \draw[red, bend left] (axis cs:0,0) to (axis cs:1,1);"),
]  # fmt: skip

# ---- No layers: PGFPlots draws them itself ----
ODD_PLOTS = """smooth;const plot;const plot mark mid;const plot mark right;jump mark left;jump mark right;jump mark mid;ybar;xbar;ycomb;xcomb;ybar interval
ybar, bar width=1pt;sharp cycle;smooth cycle;smooth, tension=0.9;only marks, scatter;scatter, scatter src=y;only marks, scatter, scatter src=x
nodes near coords;nodes near coords=x;mark=*, mark repeat=3;mark=*, mark repeat=2, mark phase=2;mark=*, mark indices={2,4};error bars/.cd, y dir=both, y fixed=0.3
error bars/.cd, x dir=plus, x explicit;restrict y to domain=-1:1;restrict x to domain=0:1;restrict expr to domain={y}{0:1};y filter/.code={};x filter/.expression={x>0?x:nan}
filter discard warning=false, x filter/.expression={x};each nth point={3}, filter discard warning=false, unbounded coords=discard;skip coords between index={2}{5}
unbounded coords=discard;decorate, decoration=zigzag;postaction={draw=red, xshift=2pt};rounded corners;->;<->;-{Stealth};stack plots=y;stack plots=x
double;double distance=2pt;shade, top color=red;mark=ball;mark=cube;mark=text;mark=heart;on layer=axis foreground;clip mode=individual
point meta=y;point meta=x, mesh;mesh;mesh, colormap name=heat;mesh, point meta=y;quiver={u=1,v=0};quiver={u=1,v=y};contour prepared
patch;visualization depends on=x\\as\\myx;mark=*, mark options={scale=\\coordindex/20+0.5};mark=*, every mark/.append style={rotate=\\coordindex}
only marks, mark=*, scatter/use mapped color={fill=mapped color}, scatter;line join=round, rounded corners=2pt
xshift=3pt;yshift=-2pt;shift={(2pt,3pt)};execute at begin plot={};execute at end plot visualization={};sloped;transform canvas={xshift=2pt}
preaction={decorate, decoration=zigzag};samples at={0,1};forget plot=false, smooth;color=red, smooth;only marks, mark=halfcircle;mark=none, smooth
nosuch/.style={smooth}, nosuch;nosuch/.code={\\tikzset{smooth}}, nosuch;curve/.append style={smooth}, curve;points/.append style={mark repeat=3}, points=ink
every mark/.append style={scale=\\coordindex/30+0.1}, mark=*;layer=never""".replace("\n", ";").split(";")
ODD_AXES = """xtick=data;ytick=data;xtick=data, xticklabels={};minor xtick=data;extra x ticks={0.1}, xtick=data;nodes near coords
smooth;ybar;xbar;xbar interval;const plot;every axis plot/.append style={smooth};every axis plot/.append style={mark repeat=2}
every axis plot post/.append style={mark repeat=4};every axis post/.append style={xtick=data};restrict x to domain=0:1;restrict y to domain*=-1:1;y filter/.code={}
filter point/.code={};x coord trafo/.code={};y coord inv trafo/.code={};axis x discontinuity=crunch;axis y discontinuity=parallel;point meta=x;colorbar;colorbar horizontal
clip mode=individual;clip marker paths=true;set layers;after end axis/.code={};before end axis/.code={};execute at begin axis={}
/tikz/every path/.append style={rounded corners=2pt};cycle list={red,blue};cycle multi list={red\\nextlist mark=*}
x tick label as interval;xtick placement tolerance=0.1;xtickmin=0;trim axis left;overlay;remember picture;error bars/y dir=both;scatter;empty line=scanline, unbounded coords=jump
xtick/.code={};mark size/.append code={};nosuch/.style={xtick=data}, nosuch;nosuch/.code={\\pgfplotsset{xtick=data}}, nosuch;plane/.append style={xtick=data}, plane
transform shape;rounded corners;jump mark left;data cs=polar;disabledatascaling;table/x=y;table/create on use/w/.style={create col/expr={1}}
scatter src=y""".replace("\n", ";").split(";")
ODD = [*plots(ODD_PLOTS), *axes(ODD_AXES), *plots([r"charted points, visualization depends on=x\as\myx"], "points")]
