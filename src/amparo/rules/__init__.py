"""Facts and law in, what can be done and by when out, with the working shown.

>>> from amparo.rules import find_channels, load_rules
"""

from amparo.rules.book import load_rules, read_rules
from amparo.rules.channels import find_channels
from amparo.rules.facts import facts_from, read_facts

__all__ = ["facts_from", "find_channels", "load_rules", "read_facts", "read_rules"]
