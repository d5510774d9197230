"""The first way in: a link with which somebody sets their password, once."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from amparo.casework.actions import accounts
from amparo.casework.models import User
from amparo.web.words import WORDS


def _whose(uid: str) -> User | None:
    try:
        pk = urlsafe_base64_decode(uid).decode()
    except (ValueError, UnicodeDecodeError):
        return None
    return User.objects.filter(pk=int(pk), is_active=True).first() if pk.isdecimal() and len(pk) < 19 else None


@sensitive_post_parameters()
@never_cache
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set a password by a link that works once; then sign in with it, and set up the second factor."""
    user = _whose(uid)
    if user is None or not default_token_generator.check_token(user, token):
        return render(request, "desk/office/link_spent.html", status=404)
    with translation.override(user.language):
        request.LANGUAGE_CODE = user.language
        if request.method != "POST":
            return render(request, "desk/office/welcome.html", {"person": user, "problems": []})
        first, again = request.POST.get("password1", ""), request.POST.get("password2", "")
        problems = [] if first == again else [WORDS["passwords-differ"][user.language]]
        try:
            validate_password(first, user)
        except ValidationError as problem:
            problems += problem.messages
        if problems:
            return render(request, "desk/office/welcome.html", {"person": user, "problems": problems}, status=400)
        accounts.set_password(user, first)
        messages.success(request, WORDS["password-is-set"][user.language])
        return redirect("account_login")
