"""What colleagues say about records to each other, and who is told."""
