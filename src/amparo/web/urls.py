"""Where each page of the desk lies."""

from __future__ import annotations

from django.urls import include, path

from amparo.web.views import beside, cases, deadlines, documents, history, inbox, me, notes, people, rulebook, search

urlpatterns = [
    path("", inbox.show, name="inbox"),
    path("receive/", inbox.receive, name="receive"),
    path("documents/<int:pk>/", documents.show, name="document"),
    path("documents/<int:pk>/original", documents.original, name="original"),
    path("documents/<int:pk>/correct/", documents.correct, name="correct"),
    path("documents/<int:pk>/pages/<int:number>.jpg", documents.page, name="page-picture"),
    path("beside/", beside.choose, name="choose-beside"),
    path("beside/<int:one>/<int:other>/", beside.show, name="beside"),
    path("documents/<int:pk>/add/", notes.add, name="add-note"),
    path("documents/<int:pk>/place/<int:note>/", notes.place, name="place-note"),
    path("notes/<int:pk>/correct/", notes.correct, name="correct-note"),
    path("notes/<int:pk>/<str:verdict>/", notes.decide, name="decide"),
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
    path("people/", people.queue, name="people"),
    path("people/<int:pk>/", people.show, name="person"),
    path("people/<int:one>/beside/<int:other>/", people.pair, name="pair"),
    path("people/<int:one>/beside/<int:other>/judge/", people.judge, name="judge"),
    path("cases/<int:pk>/person/", people.say_who, name="say-who"),
    path("search/", search.show, name="search"),
    path("history/", history.show, name="history"),
    path("me/", me.settings_of, name="me"),
    path("accounts/", include("allauth.urls")),
]
handler404 = "amparo.web.views.errors.not_found"
handler500 = "amparo.web.views.errors.broken"
