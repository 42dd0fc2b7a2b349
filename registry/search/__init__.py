"""Looking through every register at once."""
