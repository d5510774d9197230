"""The desk for programs: JSON under ``/api/``, by tokens, through the same actions and permissions as the pages."""
