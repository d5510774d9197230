"""Letters and news about people in detention, read into sourced allegations."""

__version__ = "0.1.0"
