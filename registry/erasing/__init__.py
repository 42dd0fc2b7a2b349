"""Erasing records of this program for real: all that belongs to one, all that repeats it, and the bytes that a database would leave behind."""
