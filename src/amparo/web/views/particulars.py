"""Who the person of a case is, corrected on a page of its own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from amparo.casework.actions import particulars
from amparo.casework.permissions import cases_for, require
from amparo.errors import IncompleteEntry, NotAllowed
from amparo.web.sitting import Sitting, signed_in
from amparo.web.telling import told
from amparo.web.who import numbers_of, their_appearances
from amparo.web.words import WORDS


@signed_in
def correct(request: Sitting, pk: int) -> HttpResponse:
    """Name, register number and birth, as papers give them."""
    require(request.user, "edit-case")
    case = cases_for(request.user).filter(pk=pk, shredded_at__isnull=True).first()
    if case is None:
        raise NotAllowed
    filled = {name: getattr(case, name) for name in ("person", "register_number", "born")}
    if request.method == "POST":
        filled = {name: request.POST.get(name, "") for name in filled}
        try:
            particulars.correct_particulars(case.pk, by=request.user, **filled)
        except IncompleteEntry as problem:
            messages.error(request, told(problem, request.user.language))
        else:
            messages.success(request, WORDS["particulars-kept"][request.user.language])
            return redirect("case", pk=pk)
    status = 422 if request.method == "POST" else 200
    said = case.identities.select_related("appearance").last()
    numbers = [one for one in numbers_of(their_appearances(said, request.user)) if one != filled["register_number"]]
    told_by = " · ".join(numbers)
    return render(request, "desk/particulars.html", {"case": case, "filled": filled, "numbers": told_by}, status=status)
