"""Rows of the record, by what they are about."""

from amparo.casework.models.cases import Case, CaseAccess, CaseDocument, CaseFact
from amparo.casework.models.consents import Consent
from amparo.casework.models.days import DoorDay, Feed, TeamClosedDay
from amparo.casework.models.documents import Document, Reading
from amparo.casework.models.drafts import DraftVersion, Printed
from amparo.casework.models.filings import Filing, Proof, Response
from amparo.casework.models.history import ChainHead, HistoryLine
from amparo.casework.models.identities import Appearance, BlockKey, CasePerson, IdentityJudgement, Pairing
from amparo.casework.models.imports import ImportBatch
from amparo.casework.models.makings import Making
from amparo.casework.models.notes import Decision, Note
from amparo.casework.models.offices import Membership, Team, User
from amparo.casework.models.releases import Release, ReleasePart, Sight
from amparo.casework.models.search import SearchEntry
from amparo.casework.models.sending import Outgoing
from amparo.casework.models.shreddings import Shredding
from amparo.casework.models.templates import PaperTemplate
from amparo.casework.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Appearance",
    "BlockKey",
    "Case",
    "CaseAccess",
    "CaseDocument",
    "CaseFact",
    "CasePerson",
    "ChainHead",
    "Consent",
    "Decision",
    "Document",
    "DoorDay",
    "DraftVersion",
    "Feed",
    "Filing",
    "HistoryLine",
    "IdentityJudgement",
    "ImportBatch",
    "Making",
    "Membership",
    "Note",
    "Outgoing",
    "Pairing",
    "PaperTemplate",
    "Printed",
    "Proof",
    "Reading",
    "Release",
    "ReleasePart",
    "Response",
    "SearchEntry",
    "Shredding",
    "Sight",
    "Team",
    "TeamClosedDay",
    "User",
]
