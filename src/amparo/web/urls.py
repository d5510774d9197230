"""Where each page of the desk lies."""

from __future__ import annotations

from django.urls import include, path

from amparo.web.api import pages
from amparo.web.api.desk import api
from amparo.web.views import cases, deadlines, documents, history, inbox, me, rulebook
from amparo.web.views.office import access, closing, entry, people, shredding, team, tokens

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
    path("cases/<int:pk>/why/<str:step>/", cases.why, name="why"),
    path("cases/<int:pk>/calendar.ics", cases.calendar, name="case-calendar"),
    path("deadlines/", deadlines.show, name="deadlines"),
    path("rulebook/", rulebook.listing, name="rulebook"),
    path("rulebook/<str:name>/", rulebook.show, name="procedure"),
    path("history/", history.show, name="history"),
    path("history/export.csv", history.export, name="history-export"),
    path("me/", me.settings_of, name="me"),
    path("me/tokens/", tokens.show, name="tokens"),
    path("me/tokens/make/", tokens.make, name="token-make"),
    path("me/tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
    path("welcome/<str:uid>/<str:token>/", entry.set_password, name="welcome"),
    path("office/", team.overview, name="office"),
    path("office/team/", team.settings_of, name="office-team"),
    path("office/retention/", team.retention, name="office-retention"),
    path("office/people/", people.listing, name="office-people"),
    path("office/people/add/", people.add, name="office-person-add"),
    path("office/people/<int:pk>/", people.show, name="office-person"),
    path("office/people/<int:pk>/<slug:act>/", people.change, name="office-person-change"),
    path("office/access/", access.listing, name="office-access"),
    path("office/access/<int:pk>/", access.show, name="office-case-access"),
    path("office/access/<int:pk>/give/", access.give, name="office-access-give"),
    path("office/access/taken/<int:pk>/", access.take, name="office-access-take"),
    path("office/glass/<int:pk>/", access.acknowledge, name="office-glass-seen"),
    path("office/shredding/", shredding.listing, name="office-shredding"),
    path("office/shredding/<int:pk>/<slug:verdict>/", shredding.decide, name="office-shredding-decide"),
    path("glass/", access.glass, name="glass"),
    path("documents/<int:pk>/shred/", shredding.ask_document, name="shred-document"),
    path("cases/<int:pk>/shred/", shredding.ask_case, name="shred-case"),
    path("cases/<int:pk>/standing/", closing.show, name="case-standing"),
    path("cases/<int:pk>/standing/<slug:act>/", closing.change, name="case-standing-change"),
    path("accounts/", include("allauth.urls")),
]
urlpatterns += [
    path("api/", pages.reference, name="api-reference"),
    path("api/", api.urls),
    path("api/<path:rest>", pages.nothing_here, name="api-nothing"),
]
handler404 = "amparo.web.views.errors.not_found"
handler500 = "amparo.web.views.errors.broken"
