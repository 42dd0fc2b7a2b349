"""Pictures of people: whose names were asked about, how their answers stand, and whether a picture of them may be used."""
