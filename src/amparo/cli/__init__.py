"""The ``amparo`` command: a thin skin over the library."""

from __future__ import annotations

from amparo.cli.library import amparo


def main() -> None:
    """Run the command."""
    amparo(prog_name="amparo")


__all__ = ["main"]
