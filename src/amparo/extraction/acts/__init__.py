"""What is alleged: signs of the 42 acts, guards against false alarms, passages, status, roles, days."""
