"""Who says what: cues, contents, sources, chains and stances."""
