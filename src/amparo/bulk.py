"""Many documents: this machine's processes, or a Dask cluster. One document's failure is a row in the results."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import NamedTuple, Protocol

from amparo import reading
from amparo.domain.dossier import Dossier
from amparo.dossier import examine
from amparo.errors import AmparoError, BrokenPipeline, BrokenVocabulary, MissingExtra, WorkerLost

IN_FLIGHT = 4
"""Documents handed out at a time to each process, so that memory stays bounded however long the list is."""


class Received(NamedTuple):
    """A document as it came in: the name it arrived under and how to get its bytes."""

    name: str
    open: Callable[[], bytes]


class Settings(NamedTuple):
    """How every document of a run is read."""

    pipeline: str = "auto"
    today: dt.date | None = None


AS_USUAL = Settings()
"""Pipeline chosen for each document, no day of reading."""


class Failure(NamedTuple):
    """Why one document could not be read: the error's code and its message."""

    code: str
    message: str


class Outcome(NamedTuple):
    """What became of one document: a dossier, or the reason there is none.

    Args:
        name: the name it arrived under.
        dossier: what was read and noted.
        failure: why there is nothing.
        part_of: digest of the message it was attached to.
    """

    name: str
    dossier: Dossier | None = None
    failure: Failure | None = None
    part_of: str | None = None


class _Pool(Protocol):
    def submit(self, job: Callable[..., tuple[Outcome, ...]], /, *args: object) -> Future[tuple[Outcome, ...]]: ...


def examine_one(received: Received, settings: Settings) -> tuple[Outcome, ...]:
    """Examine one document and its attachments, each with its own outcome.

    Args:
        received: the document.
        settings: how to read it.
    """
    try:
        data = received.open()
    except OSError as problem:
        return (Outcome(received.name, failure=Failure("unreadable-file", problem.strerror or "cannot be opened")),)
    first = _examine(data, received.name, settings, None)
    try:
        parts = reading.attachments(data)
    except AmparoError as problem:
        return (first, Outcome(received.name, failure=Failure(problem.code, str(problem))))
    whole = first.dossier.document.id if first.dossier is not None else None
    return (first, *(_examine(part.data, part.name, settings, whole) for part in parts))


def _examine(data: bytes, name: str, settings: Settings, part_of: str | None) -> Outcome:
    try:
        dossier = examine(data, name=name, pipeline=settings.pipeline, today=settings.today, part_of=part_of)
    except (BrokenPipeline, BrokenVocabulary):
        raise  # no fault of this document's: every other would fail the same way
    except AmparoError as problem:
        return Outcome(name, failure=Failure(problem.code, str(problem)), part_of=part_of)
    return Outcome(name, dossier=dossier, part_of=part_of)


def examine_many(
    documents: Iterable[Received], *, settings: Settings = AS_USUAL, processes: int = 1, cluster: str | None = None
) -> Iterator[Outcome]:
    """Examine documents in order; a run never stops for one of them.

    Args:
        documents: what came in; the bytes are fetched only when their turn comes.
        settings: how every document is read.
        processes: how many of this machine's processes to use; 1 stays in this one.
        cluster: address of a Dask scheduler to use instead, such as ``tcp://10.0.0.5:8786``.

    Raises:
        BrokenPipeline, BrokenVocabulary: amparo's own files are broken, which no document is to blame for.
        MissingExtra: a cluster was named and Dask is not installed.
    """
    if cluster is not None:
        yield from _on_cluster(documents, settings, cluster)
    elif processes <= 1:
        for document in documents:
            yield from examine_one(document, settings)
    else:
        yield from _in_processes(documents, settings, processes)


def _in_processes(documents: Iterable[Received], settings: Settings, processes: int) -> Iterator[Outcome]:
    waiting = iter(documents)
    flight: deque[tuple[Received, Future[tuple[Outcome, ...]]]] = deque()
    pool = _new_pool(processes)
    try:
        while True:
            while len(flight) < processes * IN_FLIGHT and (document := next(waiting, None)) is not None:
                flight.append((document, pool.submit(examine_one, document, settings)))
            if not flight:
                return
            document, future = flight.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                # One of the documents in flight killed its worker (memory, a fault in a library). Each is tried
                # again alone, so that the one at fault is named and none of the others is lost.
                stranded = [document, *(other for other, _ in flight)]
                flight.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                for each in stranded:
                    yield from _alone(each, settings)
                pool = _new_pool(processes)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(document: Received, settings: Settings) -> tuple[Outcome, ...]:
    with _new_pool(1) as pool:
        try:
            return pool.submit(examine_one, document, settings).result()
        except BrokenProcessPool:
            lost = WorkerLost()
            return (Outcome(document.name, failure=Failure(lost.code, str(lost))),)


def _new_pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def _on_cluster(documents: Iterable[Received], settings: Settings, address: str) -> Iterator[Outcome]:
    try:
        from distributed import Client
    except ImportError as problem:
        raise MissingExtra("Dask is not installed. Install it with: pip install 'amparo[bulk]'") from problem
    waiting = iter(documents)
    with Client(address, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        room = max(1, sum(client.nthreads().values())) * IN_FLIGHT
        flight: deque[tuple[Received, Future[tuple[Outcome, ...]]]] = deque()
        while True:
            while len(flight) < room and (document := next(waiting, None)) is not None:
                flight.append((document, client.submit(examine_one, document, settings, pure=False)))
            if not flight:
                return
            document, future = flight.popleft()
            try:
                yield from future.result()
            except Exception as problem:  # whatever a remote worker raises, the run goes on
                lost = WorkerLost(reason=type(problem).__name__)
                yield Outcome(document.name, failure=Failure(lost.code, str(lost)))
