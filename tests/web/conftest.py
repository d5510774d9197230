"""The fictional office these tests sit in, and the browser they look at it with."""

from tests.browser import browser, sit  # noqa: F401
from tests.office import home, letter, person  # noqa: F401
