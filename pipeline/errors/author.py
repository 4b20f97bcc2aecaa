"""Something that the author can mend."""

from collections.abc import Sequence


class AuthorError(Exception):
    """Something that the author can mend; its message names the file, and the line where there is one.

    hint : what to try; picture : the line of a rendered picture; log : a text that says more, which is kept in a file;
    rows : what else the author should see, such as table="data.dat".
    """

    errors: Sequence["AuthorError"]  # itself or, of several, all

    def __init__(
        self,
        message: str,
        hint: str | None = None,
        picture: str | None = None,
        log: str | None = None,
        **rows: str,
    ) -> None:
        super().__init__(message)
        self.hint, self.picture, self.log, self.rows = hint, picture, log, rows
        self.errors = [self]

    def at(self, where: str) -> "AuthorError":
        """The same error, its message led by a place that was not known where it was raised."""
        return AuthorError(f"{where}: {self}", self.hint, self.picture, self.log, **self.rows)


class UsageError(AuthorError):
    """A command that cannot be meant: it names an option, a figure, an edition … that is not there."""


class AuthorErrors(AuthorError):
    """Several errors at once."""

    def __init__(self, errors: Sequence[AuthorError]) -> None:
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def raise_all(errors: Sequence[AuthorError]) -> None:
    """Raises the errors that were found, if any: one as it is, several as AuthorErrors."""
    if errors:
        raise errors[0] if len(errors) == 1 else AuthorErrors(errors)
