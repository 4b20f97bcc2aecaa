"""The tests of this book's chapters: a package, so that their names may be those of the pipeline's tests, too."""
