# The names that users type. Only the target that is asked for lists what it is made of: a large book has thousands of them.
from pathlib import Path
from re import escape

from pipeline.cells import figures
from pipeline.engine.targets import checked, checked_talk, no_target, titles
from pipeline.project import slides

listed = titles(book)


rule book:
    input:
        lambda w: whole(book.pdf(e) for e in book.editions),


rule figures:
    input:
        lambda w: whole(book.pdfs(book.figures)),


# Editions that are made on request are checked when they are there, or are to be made in the same run.
rule preflight:
    input:
        lambda w: whole(
            book.mended(e)
            for e in book.all_editions
            if e in [*book.editions, *session.books] or Path(book.pdf(e)).is_file()
        ),
        lambda w: whole(
            book.mended(slides.at(e, talk))
            for talk in book.talks
            for e in book.editions
            if Path(book.talk(e, talk)).is_file()
        ),


rule tables:
    input:
        lambda w: whole(
            made(name) for name in book.computed for made in (book.values, book.sums)
        ),


rule previews:
    input:
        lambda w: whole(
            book.preview(e, f) for e in book.editions for f in book.computed
        ),


# The same by the name of its stage.
rule preview:
    input:
        rules.previews.input,


rule frames:
    input:
        lambda w: whole(book.film(e, f) for e in book.editions for f in book.moving),


rule notebooks:
    input:
        lambda w: whole(book.notebook(c) for c in book.chapters if figures(book, c)),


# Of the build before; as it makes nothing that is kept, it is always run.
rule timings:
    log:
        book.log("timings", "timings"),
    shell:
        "step timings 2> {log:q}"


# What nothing else makes: says so, and which name is nearest.
rule no_such_target:
    input:
        lambda w: no_target(book, w.word, listed),
    output:
        "{word}",
    log:
        f"{book.build}/logs/{{word}}.log",
    wildcard_constraints:
        word=rf"(?!{escape(str(book.build))}/)[\w-]+(?:/[\w-]+)*",  # no file, which has an ending
    shell:
        "exit 1 > {log:q}"


for chapter in book.chapters:

    rule:
        name:
            chapter
        input:
            lambda w, chapter=chapter: whole(
                book.chapter(e, chapter) for e in book.editions
            ),


for chapter in book.chapters:

    rule:
        name:
            f"notebook-{chapter}"
        input:
            lambda w, chapter=chapter: whole([book.notebook(chapter)]),


rule talks:
    input:
        lambda w: whole(
            file
            for talk in book.talks
            for edition in book.editions
            for file in checked_talk(book, edition, talk)
        ),


for talk in book.talks:

    rule:
        name:
            f"talk-{talk}"
        input:
            lambda w, talk=talk: whole(
                file
                for edition in book.editions
                for file in checked_talk(book, edition, talk)
            ),


for edition in book.all_editions:

    rule:
        name:
            edition
        input:
            lambda w, edition=edition: whole(
                [book.pdf(edition), *checked(book, edition)]
            ),


for figure in book.figures.values():

    rule:
        name:
            figure.target
        input:
            lambda w, name=figure.name: whole(book.pdfs([name])),


for name in book.computed:

    rule:
        name:
            f"preview-{book.figures[name].target}"
        input:
            lambda w, name=name: whole(book.preview(e, name) for e in book.editions),


for name in book.moving:

    rule:
        name:
            f"frames-{book.figures[name].target}"
        input:
            lambda w, name=name: whole(book.film(e, name) for e in book.editions),


# A docstring in the rule would have to be a literal.
for target, title in listed.items():
    workflow.get_rule(target).docstring = title

session.show(listed)
