"""Keeping nothing longer than needed: what is due under the schedule, what is held, and how records are disposed of."""
