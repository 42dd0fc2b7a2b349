"""What the program does by itself: which jobs there are, when each is due, and how each went last."""
