"""How Django knows the record."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """The record of one office."""

    name = "amparo.casework"
    label = "casework"
    verbose_name = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks that keep a desk from opening unsafely."""
        from amparo.casework import checks  # noqa: F401
