"""Calendars: secret addresses, what is fed to whoever knows one, and what was fed before."""
