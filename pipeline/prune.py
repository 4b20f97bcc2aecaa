"""Removes what was built for figures and models that are no more."""

from pipeline.step import run


def orphans(book):
    """Built files and folders of figures, pictures, tables, previews and models whose sources are gone."""
    kinds = [("models/*/*", book.models), ("pictures/*/*", book.figures), ("tables/*/*", book.computed)]
    kinds += [("figures/*/*/*", book.figures), ("previews/*/*/*", book.computed)]
    for pattern, names in kinds:
        for path in book.build.glob(pattern):
            if f"{path.parent.name}/{path.stem}" not in names:
                yield path


def prune(book):
    for path in list(orphans(book)):
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in files:
            file.unlink()
        if path.is_dir():
            path.rmdir()


if __name__ == "__main__":
    run(prune, __doc__)
