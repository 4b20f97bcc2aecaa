"""What films are made by: a pace, an axis for all frames, pages of one size, and the program that encodes."""
