"""A person's own settings."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from amparo.casework.models import User
from amparo.web.sitting import Sitting, signed_in


@signed_in
@require_POST
def settings_of(request: Sitting) -> HttpResponse:
    """Change language or theme, and stay on the page."""
    user = request.user
    language, theme = request.POST.get("language", user.language), request.POST.get("theme", user.theme)
    if language in ("en", "es") and theme in ("auto", "light", "dark"):
        User.objects.filter(pk=user.pk).update(language=language, theme=theme)
    back = request.META.get("HTTP_REFERER", "")
    same = back.startswith(request.build_absolute_uri("/"))
    return redirect(back if same else "inbox")
