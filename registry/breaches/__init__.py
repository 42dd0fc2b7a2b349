"""What a school does about a breach, from the first word of it until it is closed and something was learned."""
