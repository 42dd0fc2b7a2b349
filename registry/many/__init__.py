"""Many records in one deed: previewed, done, kept under a name, and undone."""
