"""A fresh machine: what is needed, and how it is installed."""
