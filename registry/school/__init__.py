"""The school itself: its facts, its papers' picture, and what it begins with."""
