"""What the author hears of a preview that lacks something, a face or a command of a label."""


def test_a_preview_without_the_books_face_says_so(project):
    project.edit("templates/maths-preamble.tex", "{TeX Gyre Pagella}", "{No Such Face}")
    done = project.run("pipeline.preview", "line/fit", "--book", project.folder)
    note = "the face No Such Face is not installed; the preview is drawn in another (`make setup` installs it, or says how)"
    assert (done.returncode, done.stderr) == (0, f"note: {project.folder}/line/fit.py: {note}\n")


def test_what_a_preview_lacks_is_noted_and_what_it_cannot_is_an_error(project):
    module = project.folder / "line/fit.py"
    data = project.build / "tables/line/fit/data.dat"
    text = data.read_text(encoding="utf-8")
    data.write_text(text.replace(r"$\cx$", r"$\underbrace{\cx}$"), encoding="utf-8")
    done = project.run("pipeline.preview", "line/fit", "--book", project.folder)
    assert (done.returncode, done.stderr) == (
        0, f"note: {module}: mathtext cannot draw \\underbrace; the label is drawn without it\n")  # fmt: skip
    data.write_text(text.replace(r"$\cx$", r"$\begin{matrix}\cx\end{matrix}$"), encoding="utf-8")
    done = project.run("pipeline.preview", "line/fit", "--book", project.folder)
    label = r"$\begin{matrix}\cx\end{matrix}$"
    message = f"error: {module}: mathtext cannot draw the label {label}: there are no environments such as matrix\n  figure  line/fit (dark)\n"
    assert (done.returncode, done.stderr) == (1, message)
