"""A page of the errors most worth looking at: the words, what amparo told, what it should have told, and why not.

python -m benchmarks.worst OUTCOME.json ... --out build/bench/worst.html [--most 30]

Each file is what a benchmark of quality wrote with ``--outcome``. The heaviest errors of each benchmark take turns, no
two of one kind from one document, so that a page of thirty shows every sort of mistake. The texts belong to others:
the page stays in ``build/`` and is not published.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import zip_longest
from pathlib import Path

import msgspec

from benchmarks.quality.outcome import Miss, Outcome

MOST = 30
_STYLE = """
:root { color-scheme: light dark; --ink: #1f2328; --soft: #5b636d; --line: #d5d9de; --paper: #fbfaf8; --card: #fff;
  --ours: #9a3412; --gold: #14532d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e4df; --soft: #a3a8ae; --line: #3a3f45; --paper: #191b1e;
  --card: #212428; --ours: #fdba74; --gold: #86efac; } }
* { box-sizing: border-box } body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; } header p { color: var(--soft); margin: 0 0 1.5rem; max-width: 42rem; }
ol { list-style: none; margin: 0; padding: 0; counter-reset: one; }
li { counter-increment: one; background: var(--card); border: 1px solid var(--line); border-radius: .5rem;
  padding: .9rem 1.1rem 1rem; margin: 0 0 1rem; }
h2 { font-size: 1rem; margin: 0; display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: baseline; }
h2::before { content: counter(one); color: var(--soft); font-variant-numeric: tabular-nums; min-width: 1.4rem; }
h2 small { color: var(--soft); font-weight: 400; overflow-wrap: anywhere; }
blockquote { margin: .6rem 0; padding: 0 0 0 .8rem; border-left: 3px solid var(--line); overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .8rem; margin: 0; } dd { margin: 0;
  overflow-wrap: anywhere; } dt { color: var(--soft); } .ours { color: var(--ours); } .gold { color: var(--gold); }
"""


def pick(outcomes: Mapping[str, Outcome], *, most: int = MOST) -> list[tuple[str, Miss]]:
    """The errors to look at: the heaviest of each benchmark in turn, each kind once for a document.

    Args:
        outcomes: by benchmark.
        most: how many.
    """
    heaviest = [[(name, miss) for miss in _one_of_a_kind(one.misses)] for name, one in outcomes.items()]
    turns = [one for turn in zip_longest(*heaviest) for one in turn if one is not None]
    return turns[:most]


def _one_of_a_kind(misses: Sequence[Miss]) -> Iterable[Miss]:
    """Heaviest first, kinds of error taking turns, each document once for a kind."""
    kinds: dict[str, list[Miss]] = {}
    seen: set[tuple[str, str]] = set()
    for miss in sorted(misses, key=lambda miss: (-miss.weight, miss.document)):
        kind = "".join(c for c in miss.why if not c.isdigit())
        if (kind, miss.document) not in seen:
            seen.add((kind, miss.document))
            kinds.setdefault(kind, []).append(miss)
    return [miss for turn in zip_longest(*kinds.values()) for miss in turn if miss is not None]


def page(picked: Sequence[tuple[str, Miss]]) -> str:
    """The page, complete in itself: no script, nothing fetched."""
    shown = "".join(_shown(name, miss) for name, miss in picked)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width"><title>Worst errors</title><style>{_STYLE}</style></head><body><main><header>'
        f"<h1>The {len(picked)} errors most worth looking at</h1><p>The heaviest of each benchmark take turns. What is "
        "told wrongly with confidence, or would have been urgent, weighs most. Look for what several have in common; "
        f"never mend one sentence.</p></header><ol>{shown}</ol></main></body></html>\n"
    )


def _shown(name: str, miss: Miss) -> str:
    return (
        f"<li><h2>{escape(miss.why[:1].upper() + miss.why[1:])} <small>{escape(name)} · {escape(miss.document)}</small>"
        f"</h2><blockquote>{escape(miss.words)}</blockquote><dl><dt>amparo</dt><dd class=ours>{escape(_cut(miss.ours))}"
        f"</dd><dt>annotated</dt><dd class=gold>{escape(_cut(miss.gold))}</dd></dl></li>"
    )


def _cut(words: str, most: int = 400) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= most else plain[:most] + " …"


def main() -> None:
    """Read the command line and write the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("outcomes", type=Path, nargs="+")
    asked.add_argument("--out", type=Path, default=Path("build/bench/worst.html"))
    asked.add_argument("--most", type=int, default=MOST)
    given = asked.parse_args()
    read = {path.stem: msgspec.json.decode(path.read_bytes(), type=Outcome) for path in given.outcomes}
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(page(pick(read, most=given.most)), encoding="utf8")
    print(f"wrote {given.out}")


if __name__ == "__main__":
    main()
