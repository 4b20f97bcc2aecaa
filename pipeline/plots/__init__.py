"""Tables as PGFPlots draws them: what a picture plots, what TeX can draw, and dense plots."""
