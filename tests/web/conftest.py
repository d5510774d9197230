"""The fictional office these tests sit in."""

from tests.office import home, letter, person  # noqa: F401
