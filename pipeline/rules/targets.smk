from pipeline.engine.targets import check_command

# The names that users type: a chapter, an edition, a figure, a figure's preview; {name: title}, which `snakemake --list` shows.
# Only the target that is asked for lists what it is made of: a large book has thousands of them.
listed = {}

for chapter in book.chapters:
    listed[chapter] = f"chapter: {book.title(chapter)}"

    rule:
        name:
            chapter
        input:
            lambda w, chapter=chapter: [book.chapter(e, chapter) for e in book.editions],


for edition in book.all_editions:
    listed[edition] = f"the {edition} edition of the book, and its preflight"

    rule:
        name:
            edition
        input:
            book.pdf(edition),
            book.preflight(edition),


for figure in book.figures.values():
    listed[figure.target] = titles[figure.name]

    rule:
        name:
            figure.target
        input:
            lambda w, name=figure.name: book.pdfs([name]),


for name in book.computed:
    listed[f"preview-{book.figures[name].target}"] = f"{titles[name]}, by Matplotlib"

    rule:
        name:
            f"preview-{book.figures[name].target}"
        input:
            lambda w, name=name: [book.preview(e, name) for e in book.editions],


with told_to_author(book.root):
    check_command(sys.argv[1:], config, listed)

# A docstring in the rule would have to be a literal.
for name, title in listed.items():
    workflow.get_rule(name).docstring = title
