"""Asking device-management programs over the internet what they know of a school's devices: reading only, and nothing of the database."""
