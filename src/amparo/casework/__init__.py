"""The record: documents, readings, notes, decisions, cases and their history. The only place where rows are written."""
