"""Parents and carers: whom to ask about pictures, the link of each, what they answer there, and when they are asked again."""
