"""Installs the browser in which tests look at a page; where that cannot be, says so and goes on: those are left out.

Usage: sh pipeline/setup/setup.sh browser
"""

from pipeline.errors.author import AuthorError
from pipeline.setup import needs
from pipeline.setup.install import say


def main() -> None:
    try:
        needs.install(needs.lacking([needs.BROWSER]))
    except AuthorError as error:
        say(f"{error}\n  the tests that need it are left out")


if __name__ == "__main__":
    main()
