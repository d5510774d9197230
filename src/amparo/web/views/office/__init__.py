"""Pages for whoever keeps the office: people, access, shredding, what waits."""
