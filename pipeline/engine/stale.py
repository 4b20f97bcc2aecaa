"""What was built and is no longer true: of figures and models that are no more, or of something that is lost."""

import os
from pathlib import Path

from pipeline.files import remove


def orphans(book):
    """Built files and folders of figures, pictures, tables, previews and models whose sources are gone."""
    kinds = [("models/*/*", book.models), ("pictures/*/*", book.figures), ("tables/*/*", book.computed)]
    kinds += [("formats/*", [f"formats/{edition}" for edition in book.all_editions])]
    kinds += [("figures/*/*/*", book.figures), ("previews/*/*/*", book.computed)]
    for pattern, names in kinds:
        for path in book.build.glob(pattern):
            if f"{path.parent.name}/{path.stem}" not in names and not path.name.startswith("."):
                yield path


def made_of(book):
    """(file, what it is made of) of all that is built from something built, in the order of making."""
    for name in book.computed:
        yield book.sums(name), [book.model(model) for model in book.asked(name)]
    for name in book.figures:
        yield book.picture(name), book.drawn_from(name)
    for edition in book.all_editions:
        yield book.format_sum(edition), [book.format(edition), *book.mixed(edition)]
        yield from ((book.figure(edition, name), [book.picture(name), book.format_sum(edition)]) for name in book.figures)
        yield from ((book.preview(edition, name), [book.sums(name)]) for name in book.computed)
        yield from ((book.chapter(edition, c), book.pictures_and_values(edition, [c])) for c in book.chapters)
        yield book.pdf(edition), [f"{book.build}/contents.txt", *book.pictures_and_values(edition, book.chapters)]
        yield book.preflight(edition), [book.pdf(edition)]


def withdraw(book):
    """Removes what is made of something that is not there, as it is after a failure: Snakemake does not mind a gap
    between the sources and what is there, and would show what was good at an earlier time as current."""
    for path, parts in made_of(book):
        if not all(map(os.path.isfile, parts)):
            remove(Path(path))
