"""What Prometheus is told: requests, jobs by state, what waits, hands that live."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from reelspec.service.desk import Desk

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics(Collector):
    """The numbers of one service; those of jobs are counted when they are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "reelspec_requests", "Answers.", ("route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "reelspec_request_seconds", "Time to answer.", ("route",), registry=self._registry
        )
        self._registry.register(self)

    def note(self, route: str, status: int, seconds: float) -> None:
        """Count an answer; `route` is the path as it is declared, never as it was asked for."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what is counted in the ledger, in the form of prometheus_client."""
        jobs = GaugeMetricFamily("reelspec_jobs", "Jobs by state.", labels=["state"])
        for state, count in self._desk.ledger.counts().items():
            jobs.add_metric([state], count)
        yield jobs
        hands = GaugeMetricFamily("reelspec_workers", "Workers that live.")
        hands.add_metric([], self._desk.hands.alive)
        yield hands

    def text(self) -> bytes:
        """Return all numbers in the text format of Prometheus."""
        return generate_latest(self._registry)
