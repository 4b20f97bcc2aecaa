"""The tests of this book. They are a package, so that a file may have the name of one of the pipeline's tests."""
