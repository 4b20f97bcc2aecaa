"""A book on disk: its chapters, figures and models, its paths, its book.yaml and its editions."""
