"""A door and a confirmed case in, a paper out whose every factual sentence points to its source words.

>>> from amparo.drafting import draft, load_papers
"""

from amparo.drafting.cautions import find_cautions
from amparo.drafting.compose import draft
from amparo.drafting.papers import load_papers, paper_for

__all__ = ["draft", "find_cautions", "load_papers", "paper_for"]
