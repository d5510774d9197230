"""Learn how sure an allegation is by its meaning and by the signs seen, from passages of hands left out of training.

python -m training.acts_trust --chances FILE --out src/amparo/data/models/acts

``--chances`` is what ``training.acts --check --keep FILE`` wrote: whole documents, in which acts are as rare as in
mail. Writes the weights into ``model.toml`` and prints how often allegations of each sureness are right.
"""

# ruff: noqa: T201 – a script reports to its caller
from __future__ import annotations

import argparse
import datetime as dt
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amparo.domain.text import Language, Maker, Text
from amparo.extraction.acts.act_signs import act_codes
from amparo.extraction.acts.by_meaning import how_sure
from amparo.extraction.components import COMPONENTS, find_factory
from amparo.extraction.encoder.alleging import Trust
from amparo.extraction.pipeline import Pipeline, load_pipeline

TODAY = dt.date(2026, 11, 21)
"""Passages have no day of their own."""
LIKELY = 1e-4
"""What is less likely and not seen is left out of the reckoning: it is never noted."""
KEEP, KEEP_SEEN = 0.7, 0.1
"""How sure an allegation must be by its meaning alone, and where a sign is seen.

By hands left out alone, both would be where F1 is best, near 0.3. The development letters, whose annotators draw the
line elsewhere, lose by that: what is meant but not seen is then too often no allegation to them, and what is seen often
one. So less is added, and what is seen is left out only where nearly none of it was right."""
MAKER = Maker(component="training", version="1")
Numbers = NDArray[np.float64]


def signs_alone(language: Language) -> Pipeline:
    """The pipeline of letters, with allegations by their signs alone."""
    given = load_pipeline(f"{language}-letters")
    by_signs = find_factory(COMPONENTS["allegations.rules"].factory)(language, {})
    fitted = [f._replace(step=by_signs) if f.layer == "allegations" else f for f in given.components]
    return given._replace(components=tuple(fitted))


def candidates(rows: list[Any]) -> tuple[Numbers, Numbers, Numbers]:
    """Chance, whether a sign is seen, and whether it is right, of every act that may be told in a passage."""
    readers = {language: signs_alone(language) for language in ("en", "es")}
    chances, seen, right = [], [], []
    for hand, words, acts, told in rows:
        language: Language = "es" if hand.startswith("es") else "en"
        text = Text.of(words, document="0" * 64, maker=MAKER, language=language)
        signed = {a.act for a in readers[language].run(text, today=TODAY).allegations}
        for act, chance in zip(act_codes(), told, strict=True):
            if chance >= LIKELY or act in signed:
                chances.append(chance)
                seen.append(act in signed)
                right.append(act in acts)
    return np.array(chances), np.array(seen, dtype=float), np.array(right, dtype=float)


def fit(chances: Numbers, seen: Numbers, right: Numbers) -> Trust:
    """Logistic regression by Newton's steps."""
    clipped = np.clip(chances, 1e-9, 1 - 1e-9)
    odds = np.clip(np.log(clipped / (1 - clipped)), -9, 9)
    signs = np.stack([np.ones_like(odds), odds, seen, seen * odds], axis=1)
    weights = np.zeros(signs.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (right - sure)
        curve = (signs * (sure * (1 - sure))[:, None]).T @ signs
        weights += np.linalg.solve(curve + 1e-6 * np.eye(len(weights)), slope)
    sure = 1 / (1 + np.exp(-signs @ weights))

    def f1(kept: NDArray[np.bool_]) -> float:
        return float(2 * right[kept].sum() / (kept.sum() + right.sum()))

    best, both_at = max((f1(sure >= at), at) for at in np.arange(0.2, 0.8, 0.01))
    kept = sure >= np.where(seen > 0, KEEP_SEEN, KEEP)
    print(f"signs alone: F1 {f1(seen > 0):.3f}; best together: {best:.3f}, from {both_at:.2f} on")
    print(
        f"as kept: F1 {f1(kept):.3f}, precision {right[kept].mean():.3f}, recall {right[kept].sum() / right.sum():.3f}"
    )
    for low in np.arange(0.0, 1.0, 0.1):
        here = (sure >= low) & (sure < low + 0.1)
        if here.any():
            print(f"said {low:.1f} to {low + 0.1:.1f}: right {right[here].mean():.2f} of {here.sum()}")
    start, chance, sign, both = (round(float(w), 3) for w in weights)
    return Trust(start=start, chance=chance, seen=sign, both=both, keep=KEEP, keep_seen=KEEP_SEEN)


def main() -> None:
    """Learn the weights and write them into the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chances", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/amparo/data/models/acts"))
    asked = parser.parse_args()
    rows = json.loads(asked.chances.read_text(encoding="utf8"))
    trust = fit(*candidates(rows))
    for name, seen, keep in (("by meaning alone", False, KEEP), ("with a sign", True, KEEP_SEEN)):
        least = next((n / 1000 for n in range(1001) if how_sure(n / 1000, seen=seen, trust=trust) >= keep), None)
        print(f"{name}, kept from a chance of {least} on")
    card = asked.out / "model.toml"
    lines = card.read_text(encoding="utf8").split("\n[trust]\n")[0]
    told = "\n".join(f"{name} = {value}" for name, value in trust._asdict().items())
    card.write_text(f"{lines}\n[trust]\n{told}\n", encoding="utf8")


if __name__ == "__main__":
    main()
