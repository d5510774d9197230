"""What a report tells of an attack on people: what kind, on whom, in which country and year."""
