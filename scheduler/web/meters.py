"""What one process counts of its own requests, and what a monitor reads from it and the rows.

The text form is Prometheus's exposition format 0.0.4. No label holds a path, a token or a person.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from scheduler.db.standing import Standing

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)
_AREAS = ("api", "dav", "feeds", "static")
OTHER = "pages"


class Meters:
    """Counters and a histogram of one process."""

    def __init__(self) -> None:
        """Nothing was counted yet."""
        self.registry = CollectorRegistry()
        self.requests = Histogram(
            "aantafel_request_seconds",
            "Time to answer a request",
            ("area", "status"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.feeds = Counter(
            "aantafel_feed_reads",
            "Reads of calendar feeds: whole, unchanged, or refused as too often",
            ("answer",),
            registry=self.registry,
        )
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def answered(self, path: str, status: int, seconds: float) -> None:
        """Count a request by the part of the application and the kind of answer (2xx, 4xx)."""
        first = path.strip("/").partition("/")[0]
        area = first if first in _AREAS else OTHER
        self.requests.labels(area, f"{status // 100}xx").observe(seconds)


def exposition(meters: Meters, standing: Standing, at: datetime, province: str = "") -> bytes:
    """Everything as text: what this process counted, and what the rows say.

    Of several provinces it is one's alone, whose name is told in `aantafel_province_info`.
    """
    rows = CollectorRegistry()
    rows.register(_Rows(standing, at))
    if province:
        rows.register(_Name(province))
    return generate_latest(meters.registry) + generate_latest(rows)


class _Name:
    def __init__(self, province: str) -> None:
        self._province = province

    def collect(self) -> Iterator[Metric]:
        labels = {"province": self._province}
        yield InfoMetricFamily("aantafel_province", "Whose figures these are", labels)


class _Rows:
    """The rows' figures; the same whichever process is asked."""

    def __init__(self, standing: Standing, at: datetime) -> None:
        self._standing, self._at = standing, at

    def collect(self) -> Iterator[Metric]:
        yield from self._jobs()
        yield from self._mail()
        yield from self._calendars()
        yield _one("webhook_messages_waiting", "Messages for software", self._standing.messages)
        yield _one("publication", "The newest publication's number", self._standing.publication)
        if self._standing.cluster:
            found = self._standing.cluster
            yield _one("workers", "Lanes of workers heard of within a minute", found.workers)
            yield _one("wakeups_waiting", "Wake-ups that nobody has taken", found.waiting)
            yield self._age("wakeups", found.oldest)

    def _jobs(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("aantafel_jobs", "Solves, by state", labels=("kind", "state"))
        for kind, counts in (
            ("plan", self._standing.plans),
            ("supposition", self._standing.suppositions),
        ):
            for state, number in counts.items():
                jobs.add_metric((kind, state), number)
        yield jobs
        yield self._age("jobs", self._standing.oldest_plan)
        yield _one("solve_seconds", "Time spent on all plans", self._standing.solve_seconds)

    def _mail(self) -> Iterator[Metric]:
        mails = GaugeMetricFamily("aantafel_mails", "Mails, by state", labels=("state",))
        for state, number in self._standing.mails.items():
            mails.add_metric((state,), number)
        yield mails
        yield self._age("mails", self._standing.oldest_mail)

    def _calendars(self) -> Iterator[Metric]:
        standing = self._standing
        yield _one("calendars", "Calendars elsewhere in use", standing.calendars)
        yield _one("calendars_failing", "Those that can't be reached", standing.failing_calendars)
        yield self._age("calendars_sync", standing.oldest_sync)

    def _age(self, of: str, since: datetime | None) -> Metric:
        seconds = max(0.0, (self._at - since).total_seconds()) if since else 0.0
        return _one(f"{of}_oldest_seconds", "Age of the one that waits longest", seconds)


def _one(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"aantafel_{name}", meaning, value=value)


Answered = Callable[[str, int, float], None]
"""Told of each answer: its path, its status, and how many seconds it took."""
