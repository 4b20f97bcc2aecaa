"""Golden tables: what is kept of a figure's numbers, and how it is compared."""
