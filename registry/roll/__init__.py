"""Who is at the school: lists from the pupil database, compared with what is known, and saved once somebody has looked."""
