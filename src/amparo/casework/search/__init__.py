"""Finding what is in the record: words, people, acts, places and days, for those who may see them."""

from __future__ import annotations

from amparo.casework.search.find import Asked, Found, find
from amparo.casework.search.fulltext import wipe
from amparo.casework.search.index import index_case, index_document, index_people, rebuild
from amparo.casework.search.passage import Passage, passage
from amparo.casework.search.words import Term, fold, terms

__all__ = [
    "Asked", "Found", "Passage", "Term", "find", "fold", "index_case", "index_document", "index_people", "passage",
    "rebuild", "terms", "wipe",
]  # fmt: skip
