"""Jobs are kept whatever happens to whoever works on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelspec.service.jobs import Order
from reelspec.service.ledger import MOST_LOST, Conflict, Full, Ledger

ORDER = Order("render", {"spec": "x"})
DEAD = {"code": "worker-died", "message": "it ended"}


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "jobs.sqlite", waiting=3, lease=60)


def expired(tmp_path: Path) -> Ledger:
    """Return the same ledger with leases that run out as they are given."""
    return Ledger(tmp_path / "jobs.sqlite", waiting=3, lease=-1)


def test_jobs_are_claimed_in_the_order_in_which_they_came(ledger: Ledger) -> None:
    first, second = (ledger.accept(ORDER)[0].id for _ in range(2))

    assert (1, 2) == (ledger.position(first), ledger.position(second))
    assert [first, second, None] == [
        job.id if (job := ledger.claim("a")) else None for _ in range(3)
    ]
    assert (0, 0) == (ledger.position(first), ledger.position(second))


def test_as_many_wait_as_may_and_no_more(ledger: Ledger) -> None:
    for _ in range(3):
        ledger.accept(ORDER)

    with pytest.raises(Full):
        ledger.accept(ORDER)
    ledger.claim("a")
    assert ledger.accept(ORDER)[1]


def test_the_same_key_is_the_same_job_and_another_request_under_it_a_conflict(
    ledger: Ledger,
) -> None:
    job, new = ledger.accept(Order("render", {}, "k", "d"))

    assert (job.id, True) == (job.id, new)
    again, new = ledger.accept(Order("render", {}, "k", "d"))
    assert (job.id, False) == (again.id, new)
    with pytest.raises(Conflict):
        ledger.accept(Order("render", {}, "k", "other"))


def test_a_lease_that_runs_out_gives_the_job_back(tmp_path: Path) -> None:
    ledger = expired(tmp_path)
    job, _ = ledger.accept(ORDER)
    ledger.claim("gone")
    again = ledger.claim("next")

    assert again is not None
    assert (job.id, 1) == (again.id, again.lost)
    assert not ledger.beat(job.id, "gone", "frames", 1, 2)
    assert not ledger.end(job.id, "gone", "done", [], {})
    assert ledger.end(job.id, "next", "done", [], {})


def test_a_job_under_which_a_server_went_away_lets_others_pass(tmp_path: Path) -> None:
    ledger = expired(tmp_path)
    first, second = (ledger.accept(ORDER)[0].id for _ in range(2))
    claimed = [job.id if (job := ledger.claim("gone")) else None for _ in range(3)]

    assert [first, second, first] == claimed


def test_a_job_under_which_too_many_servers_go_away_fails(tmp_path: Path) -> None:
    ledger = expired(tmp_path)
    job, _ = ledger.accept(ORDER)
    for _ in range(MOST_LOST + 1):
        assert ledger.claim("gone")
    assert ledger.claim("next") is None

    found = ledger.get(job.id)
    assert found is not None
    assert ("failed", ["server-lost"]) == (found.state, [p["code"] for p in found.problems])


def test_a_job_that_ends_its_worker_twice_fails_with_the_reason(ledger: Ledger) -> None:
    job, _ = ledger.accept(ORDER)
    ledger.claim("a")
    ledger.died(job.id, "a", DEAD)
    first = ledger.get(job.id)
    ledger.claim("a")
    ledger.died(job.id, "a", DEAD)
    second = ledger.get(job.id)

    assert first is not None and second is not None
    assert ("queued", 1) == (first.state, first.deaths)
    assert ("failed", (DEAD,)) == (second.state, second.problems)


def test_a_job_that_is_cancelled_is_nobodys_to_end(ledger: Ledger) -> None:
    job, _ = ledger.accept(ORDER)
    ledger.claim("a")

    assert ledger.cancel(job.id)
    assert not ledger.beat(job.id, "a", "frames", 1, 2)
    assert not ledger.end(job.id, "a", "done", [], {})
    assert not ledger.cancel(job.id)


def test_what_was_accepted_is_there_for_the_next_to_open_the_file(tmp_path: Path) -> None:
    first = Ledger(tmp_path / "jobs.sqlite", waiting=3, lease=60)
    job, _ = first.accept(ORDER)
    second = Ledger(tmp_path / "jobs.sqlite", waiting=3, lease=60)

    assert second.get(job.id) == job
    assert {"queued": 1} == {state: n for state, n in second.counts().items() if n}
