"""People and what they sign in with: roles in schools, links that work once, passwords, tokens."""
