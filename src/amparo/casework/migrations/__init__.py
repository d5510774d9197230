"""How the record came to its shape, step by step."""
