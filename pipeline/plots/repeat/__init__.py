"""What was drawn for the few rows of a specimen, for all rows of its table.

Each way takes what is there and returns it, as text, with all rows, or raises Unforeseen: a specimen must be just what
its rows foretell, at the places that they foretell. The rows are filled into a pattern of text, all at once: an object
for each instruction would take a hundred times as long.
"""
