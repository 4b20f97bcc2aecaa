"""A third figure."""


def tables():
    return 1 / 0
