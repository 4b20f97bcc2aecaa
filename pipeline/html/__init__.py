"""What web pages are made of: words and maths out of TeX, fonts, pictures, colours, and code in colour."""
