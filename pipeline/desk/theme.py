"""The page's colours: those of the book's palettes, on a neutral ground."""

from pipeline.project.book import Book
from pipeline.style.palettes import COLUMNS
from pipeline.style.stylesheet import Stylesheet

ROLES = ("ink", "paper", "axis", "grid", "accent", "link", "red", "green", "orange", "aqua", "loss")


def theme(book: Book) -> str:
    """CSS variables: of the light palette or, where the author's system prefers that, of the dark one; and the papers
    of the editions, on which their pictures stand."""
    styles = {theme: Stylesheet.of(book.root, rf"\newcommand{{\palette}}{{{theme}}}").colours for theme in COLUMNS}
    dark, light = (
        "".join(f"  --{role}: {styles[column][role]};\n" for role in ROLES if role in styles[column])
        for column in COLUMNS
    )
    own = {edition: Stylesheet.read(book.edition_file(edition)).colours["paper"] for edition in book.editions}
    papers = "".join(f'[data-edition="{edition}"] {{ --own-paper: {paper}; }}\n' for edition, paper in own.items())
    return f":root {{\n{light}}}\n@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n{papers}"
