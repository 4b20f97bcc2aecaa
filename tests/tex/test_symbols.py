"""What is typed as it is printed is what its macro makes, in text and in maths, in TeX and in previews."""

import re

import pikepdf
import pytest

from pipeline.errors.author import AuthorError
from pipeline.tex.picture import compile_picture

# α is \alpha in maths, and $\alpha$ in text; so are all of these.
NAMES = """
    α alpha  β beta  γ gamma  δ delta  ε varepsilon  ζ zeta  η eta  θ theta  ι iota  κ kappa  λ lambda  μ mu  ν nu
    ξ xi  π pi  ρ rho  ς varsigma  σ sigma  τ tau  υ upsilon  φ varphi  χ chi  ψ psi  ω omega  Γ Gamma  Δ Delta  Θ
    Theta  Λ Lambda  Ξ Xi  Π Pi  Σ Sigma  Υ Upsilon  Φ Phi  Ψ Psi  Ω Omega  ϵ epsilon  ϕ phi  ϑ vartheta  ϖ varpi
    ϱ varrho  ≤ leq  ≥ geq  ≠ neq  ≈ approx  ≡ equiv  ≪ ll  ≫ gg  ∈ in  ∉ notin  ⊂ subset  ⊆ subseteq  ∪ cup  ∩
    cap  ∀ forall  ∃ exists  ∞ infty  ∂ partial  ∇ nabla  ∝ propto  ∼ sim  ≃ simeq  ∅ emptyset  ∘ circ  ⊗ otimes
    ⊕ oplus  ⋅ cdot  ⋯ cdots  ∣ mid  ∥ parallel  ⟂ perp  ∖ setminus  ∗ ast  ℓ ell  √ surd  ∧ wedge  ∨ vee  ↦
    mapsto  ⇒ Rightarrow  ⇔ Leftrightarrow  ↔ leftrightarrow  ∑ sum  ∏ prod  ∫ int  ℏ hbar
"""
MATHS = {character: f"\\{name} " for character, name in re.findall(r"(\S) (\w+)", NAMES)} | {
    "−": "-", "ℝ": r"\mathbb{R}", "ℕ": r"\mathbb{N}", "ℤ": r"\mathbb{Z}", "ℒ": r"\mathcal{L}", "𝔼": r"\mathbb{E}", "Α": r"\mathrm{A}",
}  # fmt: skip
# These have a sign of their own in text.
BOTH = {
    "×": ("texttimes", "times"), "·": ("textperiodcentered", "cdot"), "±": ("textpm", "pm"), "→": ("textrightarrow", "rightarrow"),
    "←": ("textleftarrow", "leftarrow"), "…": ("textellipsis", "dots"), "¬": ("textlnot", "neg"), "µ": ("textmu", "mu"),
}  # fmt: skip
FORMULAS = {
    "x₁₂": "x_{12}", "x²": "x^{2}", "x₁²": "x_{1}^{2}", "x²₁": "x^{2}_{1}", "m⁻¹": "m^{-1}", "{x₁}y": "{x_{1}}y", "x_{i₂}": "x_{i_{2}}",
    "Xᵀ": "X^{T}", "x₁≤x₂": r"x_{1}\leq x_{2}", "xₙ₊₁": "x_{n+1}", "e^{−βE}": r"e^{-\beta E}", r"\pink{β}": r"\pink{\beta}", "x′": r"x{{}^{\prime}}",
}  # fmt: skip
TEXTS = {"x₁₂": r"x\textsubscript{1}\textsubscript{2}", "x²": r"x\textsuperscript{2}", "20 °C": r"20 \textdegree C"}


@pytest.fixture
def content(book):
    """A function that compiles lines of text and returns the page's content."""
    source, target = book.build / "picture.tex", book.build / "out.pdf"

    def compiled(lines):
        text = "\\begin{minipage}{\\measure}\\raggedright\n" + "\\par\n".join(lines) + "\\par\n\\end{minipage}"
        source.write_text(text, encoding="utf-8")
        compile_picture(book, "light", source, target, "line/fit.tex.j2", preloaded=book.format("light"))
        with pikepdf.open(target) as pdf:
            return pdf.pages[0].Contents.read_bytes()

    return compiled


def test_a_sign_is_what_its_macro_makes(content):
    typed = [*(f"${c}$ {c}" for c in MATHS), *(f"${c}$ {c}" for c in BOTH), *(f"${f}$" for f in FORMULAS), *TEXTS]
    named = [
        *(f"${macro}$ ${macro}$" for macro in MATHS.values()),
        *(f"$\\{maths}$ \\{text}{{}}" for text, maths in BOTH.values()),
        *(f"${formula}$" for formula in FORMULAS.values()),
        *TEXTS.values(),
    ]
    for k in range(0, len(typed), 30):  # a page each
        assert content(typed[k : k + 30]) == content(named[k : k + 30])


PINK = r"{{\color{pink}x}}"
CARRIED = {  # what stands at a letter's foot and shoulder has its colour
    "_1": r"_{{\color{pink}1}}", "_i^2": r"_{{\color{pink}i}}^{{\color{pink}2}}", "^2_{ij}": r"^{{\color{pink}2}}_{{\color{pink}ij}}",
    "''": r"^{{\color{pink}\prime\prime}}", "'^{a}_k": r"^{{\color{pink}\prime a}}_{{\color{pink}k}}", "₁₂²": r"_{{\color{pink}12}}^{{\color{pink}2}}",
    r"_\infty": r"_{{\color{pink}\infty}}", r"_k\tr": r"_{{\color{pink}k}}^{{\color{pink}\top}}", "≤x₁": r"\leq x_{1}", "}^2{": "}^2{",
    r"_{\blue{β}}^2": r"_{{\color{pink}{{\color{blue}\beta}}}}^{{\color{pink}2}}", r"_\mathrm{c}": r"_{\mathrm{c}}", r"\in[0,1]": r"\in[0,1]",
}  # fmt: skip


def test_a_colour_goes_on_to_index_exponent_and_primes(content):
    assert content([rf"$y{{\pink{{x}}{s}}}y_1$" for s in CARRIED]) == content(
        [f"$y{{{PINK}{s}}}y_1$" for s in CARRIED.values()]
    )


def test_words_in_colour_have_no_index(content):
    assert content([r"\pink{x}'s and $\text{\pink{x}}_1$"]) == content(
        [r"{\color{pink}x}'s and $\text{{\color{pink}x}}_1$"]
    )


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("a 🔥", "no font of the book's has '🔥' (fire)", "say it in words, or by a macro of TeX's"),
        ("$𝛽$", "no font of the book's has '𝛽' (mathematical italic small beta)", "write 'β'"),
        ("ŷ̂", "no font of the book's has '̂' (combining circumflex accent)",
         "write the letter and its accent as one character, or an accent of TeX's, such as \\hat{x}"),
        ("漢", "no font of the book's has '漢' (cjk unified ideograph-6f22)", "say it in words, or by a macro of TeX's"),
    ],
)  # fmt: skip
def test_what_no_font_has_is_named(book, content, text, message, hint):
    with pytest.raises(AuthorError) as error:
        content(["one", text])
    assert (str(error.value), error.value.hint) == (f"{book.build}/picture.tex:3: {message}", hint)
