"""What a label may not say, and what it is told; what is TeX's way of saying it is let through."""

import pytest

from pipeline.errors.author import AuthorError
from pipeline.table import Values
from pipeline.table.labels import faults


@pytest.mark.parametrize(
    ("label", "what", "instead"),
    [
        ("share in %", "what follows a % is lost", r"write \%"),
        (r"a\\% b", "what follows a % is lost", r"write \%"),
        ("R & D", "a & parts columns", r"write \&"),
        ("$a & b$", "a & parts columns", r"write \&"),
        ("net #1", "a # is a macro's argument", r"write \#"),
        ("mean_loss", "an index stands outside of a formula", r"write \_, or the formula in $ … $"),
        (r"$x_1$ of y_1", "an index stands outside of a formula", r"write \_, or the formula in $ … $"),
        (r"$x_{\text{a_b}}$", "an index stands outside of a formula", r"write \_, or the formula in $ … $"),
        ("10^3", "an exponent stands outside of a formula", r"write \textasciicircum{}, or the formula in $ … $"),
        ("$x", "a $ is missing", r"close it; \$ prints one"),
        (r"5 $ to \pink{x}", "a $ is missing", r"close it; \$ prints one"),
        (r"\textbf{x", "a { is not closed", r"close it; \{ prints one"),
        ("x}", "a } closes nothing", r"close what is open; \} prints one"),
        ("{$x}$", "a $ is missing before a }", r"close what is open; \} prints one"),
        ("x\\", "it has a last backslash", "leave it out"),
        ("a\tb", "it has the character '\\t'", "leave it out"),
    ],
)
def test_what_tex_takes_otherwise_is_told(label, what, instead):
    assert next(faults(label)) == (what, instead)


@pytest.mark.parametrize(
    "label",
    [
        "accuracy",
        r"99.5\,\% of \$5 \& \#1, a\_b",
        r"$\pd{F_x}{y_1}$ and $$x^2$$",
        r"\(x_1\) \ensuremath{x_1}",
        r"$\begin{smallmatrix}a & b\end{smallmatrix}$",
        r"\textcolor{my_red}{x_1}",  # only TeX knows what it does with it
        r"$\text{if $x_1$}$",
        "β ≤ x₁², 20 °C",
        r"a\\b~c",
    ],
)
def test_what_tex_can_typeset_is_let_through(label):
    assert list(faults(label)) == []


@pytest.mark.parametrize("name", ["a%", "a b", "a#1", "a{", "a\\b", "a$"])
def test_a_value_is_called_as_tex_can(name):
    with pytest.raises(AuthorError, match=r"^here: a value cannot be called '"):
        Values(**{name: 1}).check("here")
    Values(**{"mean-loss": 1, "β": 2, "a.b": 3}).check("here")
