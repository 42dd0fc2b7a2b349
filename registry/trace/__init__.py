"""The trace: how it is written, bound and checked, and how it reads."""
