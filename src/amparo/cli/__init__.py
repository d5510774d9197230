"""The ``amparo`` command: a thin skin over the library."""

from __future__ import annotations

from amparo.cli import law, library, records, rulebook


def main() -> None:
    """Run the command."""
    library.amparo(prog_name="amparo")


__all__ = ["law", "library", "main", "records", "rulebook"]
