"""What happened in custody, to whom and when."""
