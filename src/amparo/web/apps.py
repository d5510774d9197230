"""How Django knows the desk."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, and nothing kept."""

    name = "amparo.web"
    label = "web"
