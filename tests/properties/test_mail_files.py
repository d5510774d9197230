"""Letters go out as messages a mail program threads, and a mailbox comes in as one document for each message."""

from __future__ import annotations

import datetime as dt
import email
import email.policy

from hypothesis import given
from hypothesis import strategies as st

from amparo import reading
from amparo.bulk import Received, examine_one
from amparo.bulk import Settings as As
from amparo.interchange.thread import Enclosed, Letter, write_thread
from amparo.reading import kinds
from amparo.reading.mbox import messages

WORDS = st.text(alphabet=st.sampled_from("abc é\nFrom:>\r."), max_size=60)
LETTERS = st.lists(
    st.builds(
        Letter, sender=st.sampled_from(("Clinic <desk@example.org>", "Ada Pike", "A\nBcc: x@example.org")),
        to=st.just("Warden <warden@example.org>"), subject=WORDS, words=WORDS,
        day=st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1)),
        enclosed=st.just((Enclosed(name="form.txt", media_type="text/plain", data=b"BP-9\n"),)) | st.just(()),
    ), min_size=1, max_size=4,
)  # fmt: skip


@given(LETTERS)
def test_a_thread_comes_back_with_its_words_days_and_answers(letters: list[Letter]) -> None:
    made = write_thread(letters, thread="2026-0001")
    previous = None
    for data, letter in zip(made, letters, strict=True):
        message = email.message_from_bytes(data, policy=email.policy.default)
        assert not message["Bcc"]
        assert message["In-Reply-To"] == previous
        previous = message["Message-ID"]
        body = message.get_body()
        assert body is not None
        went = letter.words.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
        assert body.get_content().replace("\r\n", "\n").rstrip("\r\n") == went
        if letter.day is not None:
            assert message["Date"].datetime.date() == letter.day
        assert [part.get_content() for part in message.iter_attachments()] == ["BP-9\n"] * len(letter.enclosed)


@given(LETTERS.filter(lambda letters: len(letters) > 1))
def test_a_mailbox_gives_back_each_message_and_where_it_begins(letters: list[Letter]) -> None:
    made = write_thread(letters, thread="t")
    box = b"".join(b"From desk@example.org Sun Nov 22 05:22:14 2026\r\n" + data + b"\r\n\r\n" for data in made)
    assert kinds.detect(box) == kinds.MAILBOX
    found = list(messages(box))
    assert [message.data.rstrip() for message in found] == [data.rstrip() for data in made]
    assert all(box[one.at : one.at + len(one.data)] == one.data for one in found)
    parts = reading.attachments(box)
    assert sum(part.media_type == kinds.MAIL for part in parts) == len(made)
    assert len(parts) == len(made) + sum(len(letter.enclosed) for letter in letters)


def test_a_mailbox_is_examined_message_by_message() -> None:
    letters = [
        Letter(sender="Ada Pike <ada@example.org>", to="Clinic <desk@example.org>", subject=f"Letter {number}",
               words="For three days they have refused me my insulin.\n", day=dt.date(2026, 5, number))
        for number in (1, 2)
    ]  # fmt: skip
    box = b"".join(b"From a\n" + data.replace(b"\r\n", b"\n") + b"\n" for data in write_thread(letters, thread="t"))
    first, *rest = examine_one(Received("old.mbox", lambda: box), As())
    assert first.dossier is not None
    assert [remark.code for remark in first.dossier.text.remarks] == ["messages-apart"]
    assert "byte 7" in first.dossier.text.content
    assert [one.dossier.notes.allegations[0].act for one in rest if one.dossier] == ["MED-04", "MED-04"]
    assert {one.part_of for one in rest} == {first.dossier.document.id}


def test_one_message_with_a_mailbox_line_stays_a_message() -> None:
    box = b"From a\nFrom: ada@example.org\nTo: desk@example.org\nSubject: x\n\nHello\n\nFrom here on it got worse.\n"
    assert kinds.detect(box) == kinds.MAIL
