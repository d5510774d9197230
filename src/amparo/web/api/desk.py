"""Everything a program can ask of the desk, in one place."""

from __future__ import annotations

from ninja import NinjaAPI

from amparo import __name__ as _name
from amparo.web.api import cases, documents, law, office, search
from amparo.web.api.entry import Bearer, TokenRate
from amparo.web.api.problems import tell_problems

api = NinjaAPI(
    title="amparo",
    version="1",
    description="The desk for programs. Show a token in the header `Authorization: Bearer ...`. What is not yours to "
    "see answers like what does not exist. Whatever is looked at is a line of history under the token's person.",
    auth=Bearer(),
    throttle=[TokenRate()],
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace=f"{_name}-api",
)
api.add_router("", office.router, tags=["office"])
api.add_router("", documents.router, tags=["documents"])
api.add_router("", cases.router, tags=["cases"])
api.add_router("", law.router, tags=["law"])
api.add_router("", search.router, tags=["search"])
tell_problems(api)
