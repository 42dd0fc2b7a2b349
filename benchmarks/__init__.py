"""What is measured, against what, and how near it comes to the goals."""
