"""What an edition promises, and whether its PDFs keep it."""
