"""The small encoder that reads English once for cues and names alike."""
