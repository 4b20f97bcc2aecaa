"""Running heads: the section that a right-hand page is in, or that begins on it first."""

import re
import subprocess

import pytest

# A section begins at a right-hand page's foot, and a float comes before its first line: TeX looks at the page so far, and then puts the section off.
SECTIONS = "".join(
    rf"\clearpage\ifodd\value{{page}}\null\clearpage\fi\section{{Part {lines}A}}Left.\clearpage{{}}"
    + "A line.\\par\n" * lines
    + rf"\section{{Part {lines}B}}\figagain[p]{{line/net}}{{Again.}}Old.\par\nopagebreak\rule{{1pt}}{{200pt}}"
    "\n\n"
    for lines in (20, 26, 28, 30)
)


@pytest.mark.slow  # TeX
def test_a_head_names_what_its_page_has(project):
    text = project.path("line/chapter.tex").read_text(encoding="utf-8")
    project.write("line/chapter.tex", text + SECTIONS)
    project.make(project.build.relative_to(project.root) / "book-light.pdf")
    command = ["pdftotext", "-layout", project.build / "book-light.pdf", "-"]
    printed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    now, heads = "", []
    for page in printed.split("\f"):
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        begun = [found[1] for line in lines[1:] if (found := re.fullmatch(r"1\.\d+ +(Part \w+)", line))]
        if lines and (head := re.fullmatch(r"1\.\d+ (Part \w+) +\d+", lines[0])):
            assert head[1] == (begun or [now])[0], page
            heads.append(head[1])
        now = begun[-1] if begun else now
    assert {"Part 20B", "Part 28A", "Part 30A"} <= {*heads}
