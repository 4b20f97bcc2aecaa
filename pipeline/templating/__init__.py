"""Templates: Jinja as it is set up for TeX, where each line came from, and code that is quoted."""
