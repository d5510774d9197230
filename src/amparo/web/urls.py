"""Where each page of the desk lies."""

from __future__ import annotations

from django.urls import include, path

from amparo.web.views import (
    cases,
    consents,
    deadlines,
    documents,
    filings,
    history,
    inbox,
    me,
    notices,
    papers,
    rulebook,
    supposed,
    why,
)

urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("receive/", inbox.receive, name="receive"),
    path("documents/<int:pk>/", documents.show, name="document"),
    path("documents/<int:pk>/original", documents.original, name="original"),
    path("documents/<int:pk>/correct/", documents.correct, name="correct"),
    path("notes/<int:pk>/<str:verdict>/", documents.decide, name="decide"),
    path("cases/", cases.listing, name="cases"),
    path("cases/open/", cases.open_one, name="open-case"),
    path("cases/<int:pk>/", cases.show, name="case"),
    path("cases/<int:pk>/facts/", cases.enter_fact, name="enter-fact"),
    path("cases/<int:pk>/link/", cases.link, name="link-document"),
    path("cases/<int:pk>/take-up/<int:note>/", cases.take_up, name="take-up"),
    path("cases/<int:pk>/why/<str:step>/", why.show, name="why"),
    path("cases/<int:pk>/calendar.ics", cases.calendar, name="case-calendar"),
    path("cases/<int:pk>/consents/", consents.record, name="record-consent"),
    path("cases/<int:pk>/consents/<int:consent>/withdraw/", consents.withdraw, name="withdraw-consent"),
    path("cases/<int:pk>/filings/new/", filings.enter, name="enter-filing"),
    path("cases/<int:pk>/filings/<int:filing>/", filings.show, name="filing"),
    path("cases/<int:pk>/filings/<int:filing>/paper/", papers.show, name="paper"),
    path("cases/<int:pk>/filings/<int:filing>/paper/copy/<str:kind>", papers.copy, name="paper-copy"),
    path("cases/<int:pk>/filings/<int:filing>/paper/<str:verb>/", papers.act, name="paper-act"),
    path("cases/<int:pk>/filings/<int:filing>/<str:verb>/", filings.act, name="filing-act"),
    path("filings/<int:pk>/", filings.find, name="find-filing"),
    path("deadlines/", deadlines.show, name="deadlines"),
    path("deadlines/what-if/", supposed.show, name="what-if"),
    path("deadlines/closed-days/", supposed.keep, name="keep-closed-day"),
    path("deadlines/closed-days/<int:pk>/reopen/", supposed.reopen, name="reopen-closed-day"),
    path("feeds/<str:token>.ics", notices.read, name="feed"),
    path("me/notices/", notices.show, name="notices"),
    path("me/notices/digest/", notices.choose, name="choose-digest"),
    path("me/notices/feed/", notices.make, name="make-feed"),
    path("me/notices/feed/<int:pk>/revoke/", notices.revoke, name="revoke-feed"),
    path("rulebook/", rulebook.listing, name="rulebook"),
    path("rulebook/<str:name>/", rulebook.show, name="procedure"),
    path("history/", history.show, name="history"),
    path("me/", me.settings_of, name="me"),
    path("accounts/", include("allauth.urls")),
]
handler404 = "amparo.web.views.errors.not_found"
handler500 = "amparo.web.views.errors.broken"
