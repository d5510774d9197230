"""The ``amparo`` command: a thin skin over the library."""

from __future__ import annotations

from amparo.cli import desk, formats, law, library, notices, old_sheets, papers, records, rulebook


def main() -> None:
    """Run the command."""
    library.amparo(prog_name="amparo")


__all__ = ["desk", "formats", "law", "library", "main", "notices", "old_sheets", "papers", "records", "rulebook"]
