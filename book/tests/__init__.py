"""The tests of this book's chapters. They are a package, so that a file may have the name of one of the pipeline's
tests."""
