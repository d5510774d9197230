"""Our types ↔ the formats of others: JSON lines and their schema, a page to read in a browser."""
