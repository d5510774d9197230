"""The team's days, week by week."""

from __future__ import annotations

import datetime as dt
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from amparo.casework.permissions import cases_for, require
from amparo.web.sitting import Sitting, signed_in
from amparo.web.views.cases import doors_of


@signed_in
def show(request: Sitting) -> HttpResponse:
    """Every day of every open case somebody may see: what must be filed, and what the authorities owe."""
    require(request.user, "see-cases")
    rows = []
    for case in cases_for(request.user).filter(closed_at__isnull=True):
        for channel in doors_of(case):
            if channel.state == "open" and channel.deadline is not None:
                rows.append((channel.deadline.last, case, channel, channel.deadline, False))
            elif channel.state == "pending" and channel.answer_due is not None:
                rows.append((channel.answer_due.last, case, channel, channel.answer_due, True))
    rows.sort(key=lambda row: (row[0], row[1].reference))
    today = timezone.localdate()
    weeks = [
        (monday, list(days))
        for monday, days in groupby(rows, key=lambda row: row[0] - dt.timedelta(days=row[0].weekday()))
    ]
    return render(request, "desk/deadlines.html", {"weeks": weeks, "today": today})
