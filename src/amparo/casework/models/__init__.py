"""Rows of the record, by what they are about."""

from amparo.casework.models.cases import Case, CaseAccess, CaseDocument, CaseFact
from amparo.casework.models.documents import Document, Reading
from amparo.casework.models.history import ChainHead, HistoryLine
from amparo.casework.models.identities import Appearance, BlockKey, CasePerson, IdentityJudgement, Pairing
from amparo.casework.models.notes import Decision, Note
from amparo.casework.models.offices import Membership, Team, User
from amparo.casework.models.search import SearchEntry

__all__ = [
    "Appearance",
    "BlockKey",
    "Case",
    "CaseAccess",
    "CaseDocument",
    "CaseFact",
    "CasePerson",
    "ChainHead",
    "Decision",
    "Document",
    "HistoryLine",
    "IdentityJudgement",
    "Membership",
    "Note",
    "Pairing",
    "Reading",
    "SearchEntry",
    "Team",
    "User",
]
