"""Letters and news about people in detention, read into sourced allegations."""
