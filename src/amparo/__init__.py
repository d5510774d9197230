"""Letters and news about people in detention, read into sourced allegations.

>>> from amparo import examine
"""

__version__ = "0.1.0"

from amparo.dossier import examine
from amparo.drafting import draft
from amparo.linking import link
from amparo.reading import read
from amparo.rules import find_channels, load_rules

__all__ = ["__version__", "draft", "examine", "find_channels", "link", "load_rules", "read"]
