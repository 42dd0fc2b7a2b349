"""Files in both directions: bytes in, rows out; rows in, bytes out."""
