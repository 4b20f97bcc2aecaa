"""Something that the author can mend."""


class AuthorError(Exception):
    """Something that the author can mend; its message names the file, and the line where there is one.

    hint : what to try; picture : the line of a rendered picture; log : a text that says more, to be kept;
    rows : what else belongs to it, such as table="data.dat".
    """

    def __init__(self, message, hint=None, picture=None, log=None, **rows):
        super().__init__(message)
        self.hint, self.picture, self.log, self.rows = hint, picture, log, rows
        self.errors = [self]

    def at(self, where):
        """The same error with the place that whoever raised it did not know."""
        return AuthorError(f"{where}: {self}", self.hint, self.picture, self.log, **self.rows)


class AuthorErrors(AuthorError):
    """Several of them at once."""

    def __init__(self, errors):
        super().__init__("\n".join(map(str, errors)))
        self.errors = errors


def raise_all(errors):
    """Raises what was found, if anything."""
    if errors:
        raise errors[0] if len(errors) == 1 else AuthorErrors(errors)
