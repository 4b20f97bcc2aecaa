"""The stylesheet read as data, for renderers other than TeX: colours, labels, inks, Matplotlib's axes."""
