"""Approved versions of a record: asked for, advised on, frozen, compared."""
