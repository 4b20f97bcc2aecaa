"""Runs of TeX: what they see, what they make, and what their logs say."""
