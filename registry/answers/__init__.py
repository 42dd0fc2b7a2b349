"""Answers about pictures as the office records and reads them: the grid of a class, a file, who signed, and how far they are in."""
