"""The author's desk: a page on this machine that shows what is being edited, as it is made."""
