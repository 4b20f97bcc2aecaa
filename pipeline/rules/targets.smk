# The names that users type: a chapter, a figure, a figure's preview.
for chapter in book.chapters:

    rule:
        f"chapter: {book.title(chapter)}"
        name:
            chapter
        input:
            [book.chapter(edition, chapter) for edition in book.editions],


for figure in book.figures.values():

    rule:
        f"{figure.title}"
        name:
            figure.target
        input:
            [book.figure(edition, figure.name) for edition in book.editions],


for figure in filter(lambda f: f.module, book.figures.values()):

    rule:
        f"{figure.title}, by Matplotlib"
        name:
            f"preview-{figure.target}"
        input:
            [book.preview(edition, figure.name) for edition in book.editions],
