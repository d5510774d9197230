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


class UnknownFact(BrokenFacts):
    """There is no such fact. `amparo rules facts` lists them all."""


class BrokenRule(AmparoError):
    """This rule file has a mistake and was not taken in. Mend the line that is named."""


class UnknownRule(AmparoError):
    """The rulebook holds no such procedure, step or wording. `amparo rules list` shows what it holds."""


class BrokenPaper(AmparoError):
    """This paper's file has a mistake. Mend the line that is named."""


class UnknownPaper(AmparoError):
    """Amparo has no paper for this step. `amparo papers list` shows what it has."""


class BrokenTemplate(AmparoError):
    """This Word template has a tag that cannot be filled. Mend it in Word, or go back to amparo's own."""


class BrokenInterchange(AmparoError):
    """This file is not in the format it should be in. Export it again from the program it comes from."""


class BrokenTable(AmparoError):
    """This spreadsheet cannot be read. Save it as XLSX or as CSV in UTF-8, with one heading for each column."""


class ColumnsUnclear(AmparoError):
    """It is not clear which column holds what. Say which one holds the person's name, and leave the others out."""


class BuiltUpon(AmparoError):
    """Something has been built on what was brought in, so it cannot be taken back. The cases named stay."""


class IdentityKept(AmparoError):
    """Who the person is cannot be kept back to the level agreed, so nothing was given out."""


class PageNotCovered(AmparoError):
    """A page could not be read surely, so a name may stand on it. Look at the page and say so, or leave it out."""


class NameSurvived(AmparoError):
    """Something by which a hidden person could be known is still in the outcome, so nothing was released."""


class UnknownSentence(AmparoError):
    """This paper has no such sentence any more. Open it again and look."""


class PaperNotReady(AmparoError):
    """This paper cannot be approved yet. Its page lists what stops it and what is left to ask."""


class ReleaseNotReady(AmparoError):
    """This release cannot leave as it stands. Its page lists what is left to do."""


class OversizedBundle(AmparoError):
    """This is more than one file can hold. Choose fewer documents, and make another for the rest."""


class MakingBroke(AmparoError):
    """It could not be made because of a mistake in amparo. Nothing was kept and nothing left. Report it."""


class NotAllowed(AmparoError):
    """This is not yours to do, or to see. Ask a supervisor of your team."""


class ConsentMissing(AmparoError):
    """No consent on record covers this, so nothing was given out. Ask the person, and record what they agree to."""


class NotInThatState(AmparoError):
    """This paper is not where that can be done. Look at where it stands, then choose the next step."""


class IncompleteEntry(AmparoError):
    """Something is missing from this entry, so nothing was kept. Fill in what is named."""


class MailNotSet(AmparoError):
    """No mail server is set, so nothing was sent. Set AMPARO_SMTP_URL, for example smtp://user:password@host:587."""


class ChangedMeanwhile(AmparoError):
    """Somebody else changed this while you had it open. Look at what they did, then decide."""


class UnknownWording(AmparoError):
    """A note can only say what its lists hold, and days as 2026-05-01, 2026-05 or 2026. Choose again."""


class WordsNotFound(AmparoError):
    """These words do not stand there in the latest reading. Look at the text and choose them again."""


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
