# The names that users type: a chapter, a figure, a figure's preview.
for chapter in book.chapters:

    rule:
        f"chapter: {book.title(chapter)}"
        name:
            chapter
        input:
            [book.chapter(edition, chapter) for edition in book.editions],
            book.stages(book.figures_of([chapter])),


for figure in book.figures.values():

    rule:
        f"{titles[figure.target]}"
        name:
            figure.target
        input:
            book.stages([figure.name]),


for figure in filter(lambda f: f.module, book.figures.values()):

    rule:
        f"{titles[figure.target]}, by Matplotlib"
        name:
            f"preview-{figure.target}"
        input:
            [book.preview(edition, figure.name) for edition in book.editions],
            book.sums(figure.name),
