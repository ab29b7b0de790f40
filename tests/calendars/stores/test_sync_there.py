"""The whole of synchronising against every store, over a line that loses one answer in three."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from calendars import ical, identity
from calendars.entry import Entry
from calendars.stores import CalendarStore, Changes, Item, Ref, Unreachable
from calendars.sync import Desired, Known, Reason, synchronise
from calendars.sync.copy import read_copy

START = datetime(2026, 6, 1, 9, tzinfo=UTC)
NUMBER = 12


def copy_of(number: int, revision: int = 1) -> Desired:
    uid = f"meeting-{number}@example.org"
    entry = Entry(
        uid=uid,
        revision=revision,
        revised_at=START,
        starts_at=START + timedelta(days=number),
        ends_at=START + timedelta(days=number, hours=revision),
        title=f"Overleg {number}, versie {revision}",
        description="Regel een.\nRegel twee: é, ö; en een \\.",
    )
    href = identity.href(uid, "account")
    return Desired(uid=uid, href=href, revision=revision, resource=ical.resource(entry))


@dataclass
class Journal:
    rows: dict[str, Known] = field(default_factory=dict)
    last: str | None = None

    def known(self) -> Iterable[Known]:
        return tuple(self.rows.values())

    def save(self, known: Known) -> None:
        self.rows[known.uid] = known

    def token(self) -> str | None:
        return self.last

    def save_token(self, token: str | None) -> None:
        self.last = token


@dataclass
class BadLine:
    """Loses requests on the way there and answers on the way back."""

    store: CalendarStore
    random: Random

    def _lose(self) -> None:
        if self.random.random() < 0.15:
            raise Unreachable("lost")

    def listing(self) -> tuple[Ref, ...]:
        return self.store.listing()

    def token(self) -> str | None:
        return self.store.token()

    def get(self, hrefs: Iterable[str]) -> tuple[Item, ...]:
        return self.store.get(hrefs)

    def changes(self, token: str) -> Changes:
        return self.store.changes(token)

    def put(self, href: str, body: bytes, *, etag: str | None) -> str | None:
        self._lose()
        told = self.store.put(href, body, etag=etag)
        self._lose()
        return told

    def delete(self, href: str, *, etag: str) -> None:
        self._lose()
        self.store.delete(href, etag=etag)
        self._lose()


def driven(wanted: list[Desired], store: CalendarStore, journal: Journal, seed: int) -> None:
    line = BadLine(store, Random(seed))
    for _ in range(30):
        if synchronise(wanted, line, journal).complete:
            return
    raise AssertionError("never done")


def planned(store: CalendarStore) -> list[str | None]:
    items = store.get([ref.href for ref in store.listing()])
    return sorted(str(read_copy(item.body).planned) for item in items)


def test_everything_arrives_once_over_a_line_that_loses_answers(store: CalendarStore) -> None:
    journal = Journal()
    for seed, wanted in enumerate(
        [
            [copy_of(number) for number in range(NUMBER)],
            [copy_of(number, 1 + number % 2) for number in range(NUMBER)],
            [copy_of(number, 1 + number % 2) for number in range(0, NUMBER, 3)],
        ]
    ):
        driven(wanted, store, journal, seed)
        assert planned(store) == sorted(str(copy.copy.planned) for copy in wanted)
    assert synchronise(wanted, store, journal, full=True).done == ()


def test_an_owner_who_edits_and_deletes_there_is_answered_as_in_memory(
    store: CalendarStore,
) -> None:
    journal, wanted = Journal(), [copy_of(number) for number in range(4)]
    synchronise(wanted, store, journal)
    there = {item.href: item for item in store.get([copy.href for copy in wanted])}
    first, second, third = (there[copy.href] for copy in wanted[:3])
    own = first.body.replace(b"END:VEVENT", b"X-MINE:ja\r\nEND:VEVENT")
    store.put(first.href, own, etag=first.etag)
    store.put(second.href, second.body.replace(b"Overleg", b"Tandarts"), etag=second.etag)
    store.delete(third.href, etag=third.etag)
    report = synchronise(wanted, store, journal)
    assert report.complete
    assert sorted(reason for _, reason in report.done) == [
        Reason.ADOPT,
        Reason.DECLINED,
        Reason.RESTORE,
    ]
    assert synchronise(wanted, store, journal).done == ()
    synchronise([copy_of(number, 2) for number in range(4)], store, journal)
    assert planned(store) == sorted(str(copy_of(n, 2).copy.planned) for n in range(4))
    (kept,) = store.get([first.href])
    assert b"X-MINE:ja" in kept.body
