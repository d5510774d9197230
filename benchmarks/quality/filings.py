"""Due dates an agency recorded, recomputed from receipt, level and the rulebook: the share that is reproduced.

python -m benchmarks.quality.filings --data ../shared/data/bop-filings.csv.gz [--json]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from amparo.agency import verify_filings
from amparo.rules import load_rules


def measure(path: Path) -> dict[str, Any]:
    """Counts, and the share of the recorded due dates that follow from the law as amparo counts it."""
    found = verify_filings(path, load_rules())
    return {
        "reproduced": found.reproduced / found.dated if found.dated else 0.0,
        "records": found.rows,
        "dated": found.dated,
        "reproduced_dates": found.reproduced,
        "rejected": found.rejected,
        "shows": found.shows,
        "odd": sum(found.oddities.values()),
        "oddities": found.oddities,
    }


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.data)
    if options.json:
        print(json.dumps(figures))
        return
    print(f"reproduced {figures['reproduced_dates']} of {figures['dated']}")
    for name, value in figures.items():
        print(f"{name:18s} {value}")


if __name__ == "__main__":
    main()
