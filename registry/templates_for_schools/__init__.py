"""What a school may begin with: typical entries as data, each with its source, and the words they become in a register."""
