"""PDFs read as what they paint, and taken apart."""
