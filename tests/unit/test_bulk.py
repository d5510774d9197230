"""Runs over many documents: in order, bounded, and never stopped by one of them."""

from __future__ import annotations

import functools
import signal

import pytest

from amparo.bulk import Received, Settings, examine_many, examine_one
from amparo.errors import BrokenPipeline, MissingExtra


def letter(number: int) -> bytes:
    return f"Dear Judge,\n\nLetter {number}: they took my coat.\n\nAda Pike".encode()


# Worker processes import nothing from the tests, so what they call comes from Python itself.
killer = functools.partial(signal.raise_signal, signal.SIGKILL)


def gone() -> bytes:
    raise FileNotFoundError(2, "No such file or directory")


def received(count: int) -> list[Received]:
    return [Received(f"{n}.txt", functools.partial(bytes, letter(n))) for n in range(count)]


def test_outcomes_come_in_the_order_of_the_documents() -> None:
    names = [outcome.name for outcome in examine_many(received(6))]
    assert names == [f"{n}.txt" for n in range(6)]


def test_a_file_that_has_gone_is_an_outcome_with_a_reason() -> None:
    (outcome,) = examine_one(Received("gone.txt", gone), Settings())
    assert outcome.failure is not None
    assert outcome.failure.code == "unreadable-file"


def test_a_document_that_kills_its_worker_is_named_and_none_of_the_others_is_lost() -> None:
    documents = received(5)
    documents.insert(2, Received("killer.pdf", killer))  # type: ignore[arg-type]
    outcomes = list(examine_many(documents, processes=2))
    assert sorted(o.name for o in outcomes) == sorted(d.name for d in documents)
    failed = [(o.name, o.failure.code) for o in outcomes if o.failure is not None]
    assert failed == [("killer.pdf", "worker-lost")]


def test_bytes_are_fetched_only_when_their_turn_comes() -> None:
    fetched: list[int] = []

    def fetch(number: int) -> bytes:
        fetched.append(number)
        return letter(number)

    run = examine_many([Received(str(n), functools.partial(fetch, n)) for n in range(50)])
    next(run)
    assert fetched == [0]


def test_a_cluster_without_dask_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingExtra, match="amparo\\[bulk\\]"):
        list(examine_many(received(1), cluster="tcp://127.0.0.1:1"))


def test_a_dask_cluster_reads_the_same_as_this_process() -> None:
    from distributed import LocalCluster

    here = [o.dossier for o in examine_many(received(4))]
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, processes=True) as cluster:
        there = [o.dossier for o in examine_many(received(4), cluster=cluster.scheduler_address)]
    assert there == here


def test_a_pipeline_that_is_broken_stops_the_run_instead_of_blaming_every_document() -> None:
    with pytest.raises(BrokenPipeline):
        list(examine_many(received(3), settings=Settings(pipeline="no-such-pipeline")))
