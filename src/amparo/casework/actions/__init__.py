"""Verbs of the record: each one transaction and one line of history."""
