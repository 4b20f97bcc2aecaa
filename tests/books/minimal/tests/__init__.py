"""The tests of this book: a package, so that their names may be those of the pipeline's tests, too."""
