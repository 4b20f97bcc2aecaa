"""The author's errors: what they are, how they are told, and what is said of them at the end of a build."""
