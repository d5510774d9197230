"""Rows of the record, by what they are about."""

from amparo.casework.models.cases import Case, CaseAccess, CaseDocument, CaseFact
from amparo.casework.models.documents import Document, Reading
from amparo.casework.models.history import ChainHead, HistoryLine
from amparo.casework.models.notes import Decision, Note
from amparo.casework.models.offices import Membership, Team, User
from amparo.casework.models.shreddings import Shredding
from amparo.casework.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Case",
    "CaseAccess",
    "CaseDocument",
    "CaseFact",
    "ChainHead",
    "Decision",
    "Document",
    "HistoryLine",
    "Membership",
    "Note",
    "Reading",
    "Shredding",
    "Team",
    "User",
]
