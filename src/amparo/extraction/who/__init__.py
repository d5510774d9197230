"""Who is named or described in a document, and who is who."""
