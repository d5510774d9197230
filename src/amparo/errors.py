"""Every error amparo raises belongs to one family, and says what to do next."""

from __future__ import annotations

import re
from typing import Any, ClassVar


class AmparoError(Exception):
    """Something amparo was asked to do could not be done."""

    code: ClassVar[str] = "amparo-error"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    def __init__(self, message: str | None = None, /, **facts: object) -> None:
        """Raise with the class's own message, or a better one, and the facts in fields.

        Args:
            message: what happened and what to do next; the class docstring by default.
            facts: identifiers, counts and places, never the content of a document.

        >>> str(UnreadableDocument(page=3))
        'This document could not be read. Keep the original and transcribe it by hand. (page: 3)'
        """
        self.message = message or " ".join((type(self).__doc__ or "").split())
        self.facts = facts
        super().__init__(self.message)

    def __str__(self) -> str:
        facts = "; ".join(f"{name}: {value}" for name, value in self.facts.items())
        return f"{self.message} ({facts})" if facts else self.message


class UnreadableDocument(AmparoError):
    """This document could not be read. Keep the original and transcribe it by hand."""


class EmptyDocument(UnreadableDocument):
    """This file holds no bytes. Ask for it to be sent again."""


class TruncatedDocument(UnreadableDocument):
    """This file ends before its end. Ask for it to be sent again."""


class EncryptedDocument(UnreadableDocument):
    """This file is locked with a password. Ask the sender for it, and save an unlocked copy beside it."""


class OversizedDocument(UnreadableDocument):
    """This file unpacks to more than amparo will open. Split it, or open it by hand on a machine apart."""


class UnknownFormat(UnreadableDocument):
    """These bytes are in no format amparo reads. Save the document as PDF, image, DOCX, HTML, e-mail or text."""


class MissingExtra(AmparoError):
    """A part of amparo that this needs is not installed."""


class MissingProgram(AmparoError):
    """A program of the operating system that this needs is not installed."""


class BrokenPipeline(AmparoError):
    """This pipeline's file does not fit together. Mend the file that is named."""


class BrokenVocabulary(AmparoError):
    """This vocabulary file has a mistake. Mend the line that is named."""


class BrokenFacts(AmparoError):
    """These facts cannot be used. Mend the fact that is named."""


class BrokenRule(AmparoError):
    """This rule file has a mistake and was not taken in. Mend the line that is named."""


class UnknownRule(AmparoError):
    """The rulebook holds no such procedure, step or wording. `amparo rules list` shows what it holds."""


class NotAllowed(AmparoError):
    """This is not yours to do, or to see. Ask a supervisor of your team."""


class ChangedMeanwhile(AmparoError):
    """Somebody else changed this while you had it open. Look at what they did, then decide."""


class StoreFull(AmparoError):
    """The original could not be kept, so nothing was taken in. Make room on the disk and send it again."""


class Busy(AmparoError):
    """Others were writing for too long. Nothing was lost and nothing was changed; do it again in a few seconds."""


class DiskFull(AmparoError):
    """The disk of the desk is full, so nothing was kept. Make room on it, then do it again."""


class Shredded(AmparoError):
    """This was shredded: its words are gone for good. The history says by whom, when and why."""


class OnHold(AmparoError):
    """This lies under a legal hold, so it may not be shredded. Lift the hold first, if it may be lifted."""


class NeedsAnother(AmparoError):
    """One person asks for shredding and another confirms it. Let another supervisor of your team look at it."""


class StillOpen(AmparoError):
    """Only a closed case can be shredded. Close it first, with the reason."""


class LastSupervisor(AmparoError):
    """An office needs a supervisor. Give somebody else that role first."""


class NameTaken(AmparoError):
    """This name is taken. Choose another one."""


class ReasonMissing(AmparoError):
    """This needs a reason, in a few words. It is kept in the record."""


class OriginalLost(AmparoError):
    """An original is not in the store. Restore it from a backup."""


class BrokenBackup(AmparoError):
    """This backup is not whole, so nothing was restored. Use another one."""


class WorkerLost(AmparoError):
    """The process reading this document died. Read it alone, on a machine with more memory."""
