"""Documents with a fault in them are told from those without, at the line of the fault."""

import pytest

from doing import do
from steps import Command, Fault, Piece, Shell, Skipped, read

GOOD = """\
# How to

Write `notes/a.txt`:

```text
one
two
```

At the end of `notes/a.txt`:

```text
four
```

then, in `notes/a.txt`, after `two`:

```text
three
```

With `words` before it. In `notes/a.txt`, instead of ``four``:

```text
4
```

* And run

  ```sh
  cat notes/a.txt  # all of it
  x="$(cat <<END
  five
  END
  )"
  echo "$x in 12.3 s"; \\
    echo six
  cd nowhere  # fails
  ```

  ```text
  one
  … is anything, or nothing: tw… fits two
  ```

<!-- not run: it goes on for ever -->
```sh
yes
```
"""


def followed(text, root):
    """What a document prints where it is followed, or its fault: (line, message)."""
    try:
        return [*do(read(text), root)]
    except Fault as fault:
        return fault.line, fault.message


def test_a_document_is_read():
    steps = read(GOOD)
    assert [type(step) for step in steps] == [Piece] * 4 + [Shell, Skipped]
    assert [step.line for step in steps] == [5, 12, 18, 24, 30, 47]
    assert [step.how for step in steps[:4]] == ["whole", "end", "after", "instead of"]
    assert steps[4].commands[0] == Command(31, "cat notes/a.txt  # all of it")
    assert [command.line for command in steps[4].commands] == [31, 32, 36, 38]
    assert [command.fails for command in steps[4].commands] == [False, False, False, True]
    assert steps[5] == Skipped(47, "it goes on for ever", "yes\n")


def test_a_document_is_followed(tmp_path):
    text = GOOD.replace("… is anything, or nothing: tw… fits two", "…\n  three\n  five in 0.1 s\n  s…x")
    assert isinstance(followed(text, tmp_path), list)
    assert (tmp_path / "notes/a.txt").read_text(encoding="utf-8") == "one\ntwo\nthree\n4\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("```sh\ntrue\nls nowhere\n```", 3, "this ended with status 2: ls nowhere"),
        ("```sh\ntrue # fails\n```", 2, "this was to fail: true # fails"),
        ("```sh\nexit 0\n```", 2, "this did not end within 900 s, or ended the shell: exit 0"),
        ("```sh\nif true\n```", 2, "bash does not understand: if true"),
        ("```sh\necho a\n```\n```text\nb\n```", 5, "this was not printed, or not in this order: b"),
        ("```sh\necho a; echo b\n```\n```text\nb\na\n```", 6, "this was not printed, or not in this order: a"),
        ("```sh\necho aa\n```\n```text\na\n```", 5, "this was not printed, or not in this order: a"),
        (
            "```sh\necho 3 KB of a\n```\n```text\n4 KB of b\n```",
            5,
            "this was not printed, or not in this order: 4 KB of b",
        ),
        (
            "words:\n\n```tex\nx\n```",
            3,
            "it is not said where this belongs: the line before ends with `path`: and nothing else",
        ),
        (
            "`a`:\n\nwords\n\n```tex\nx\n```",
            5,
            "it is not said where this belongs: the line before ends with `path`: and nothing else",
        ),
        ("in `a`:\n```tex\nx\n```", 2, "a place in a file is told as: in `path`, after `words`:"),
        ("`a`, after `b`:\n```tex\nx\n```", 2, "a place in a file is told as: in `path`, after `words`:"),
        ("`../a`:\n```tex\nx\n```", 2, "../a leads out of the project's folder"),
        ("in `a`, after `b`:\n```tex\nx\n```", 2, "there is no file a"),
        ("`a`:\n```tex\nx\nx\n```\nin `a`, after `x`:\n```tex\ny\n```", 7, "`x` stands on 2 lines of a, not on one"),
        ("`a`:\n```tex\nx\n```\nin `a`, before `y`:\n```tex\ny\n```", 6, "`y` stands on 0 lines of a, not on one"),
        ("words\n\n```text\nx\n```", 3, "text says what the commands just before it print; there are none"),
        (
            "```sh\ntrue\n```\n## b\n```text\nx\n```",
            5,
            "text says what the commands just before it print; there are none",
        ),
        ("words\n\n    code", 3, "code stands in a fence, with its language"),
        ("<!-- not run: never -->\nwords", 2, "a comment says `not run`, and no fence follows"),
    ],
)
def test_a_fault_is_told(text, line, message, tmp_path):
    assert followed(text, tmp_path) == (line, message)


@pytest.mark.parametrize("language", ["", "shell", "c++"])
def test_a_language_is_one_of_those_that_are_known(language):
    with pytest.raises(Fault, match=f"^a fence has one of the languages .*, not '{language.replace('+', '.')}'"):
        read(f"`a`:\n```{language}\nx\n```")
