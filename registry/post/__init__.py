"""The post: what is sent to people by e-mail, when, and what became of it."""
