"""What needs somebody: every deadline and finding of a school, kept in one place, and what people agreed about them."""
