"""Breaches: reported, timed, handled step by step, judged, told to the regulator and closed."""
