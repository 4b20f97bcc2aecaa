"""Golden tables: what is kept of a figure's numbers, and how they are compared with today's."""
