"""What a report tells of an attack, all questions together."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from amparo.domain.notes import Notes
from amparo.domain.text import Text
from amparo.extraction.attacks.countries import country_name, find_country
from amparo.extraction.attacks.kinds import find_kinds
from amparo.extraction.attacks.victims import find_victims
from amparo.extraction.attacks.weights import attack_model
from amparo.extraction.attacks.years import find_year
from amparo.extraction.paper.sentences import by_rules


class Attack(NamedTuple):
    """What a report tells of an attack; a machine's note, which nobody has confirmed.

    Args:
        kinds: of attack, likeliest first; never empty.
        victims: as the report names them, in its order; empty where it names none.
        country: in English; none where the report names no country.
        year: none where the day of publication is not known.
    """

    kinds: tuple[str, ...]
    victims: tuple[str, ...]
    country: str | None
    year: int | None


def tell_attack(text: Text, *, published: dt.date | None = None) -> Attack:
    """What an English news report tells of an attack on people: what kind, on whom, in which country and year.

    Args:
        text: the report, its headline in the first line.
        published: the day it was published; without it no year is told.

    Raises:
        MissingExtra: the ``models`` extra, which finds the names, is not installed.
    """
    model = attack_model()
    sentences = by_rules("en", {})(text, Notes()).sentences
    country = find_country(text.content, model.countries)
    return Attack(
        kinds=tuple(kind for kind, _ in find_kinds(text.content, model.kinds)),
        victims=tuple(name for name, _ in find_victims(text, sentences, model.victims)),
        country=country_name(country) if country else None,
        year=find_year(text.content, model.years, published=published) if published else None,
    )
