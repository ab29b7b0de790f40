from collections.abc import Callable
from datetime import timedelta

import pytest

from calendars.stores import Fault, MemoryStore, Refused
from calendars.sync import Desired, EmptySide, Journal, Reason, Status, synchronise
from calendars.sync.copy import read_copy

Make = Callable[..., Desired]


def bodies(store: MemoryStore) -> list[bytes]:
    return [item.body for item in store.items()]


def only(store: MemoryStore) -> bytes:
    (body,) = bodies(store)
    return body


def reasons(report: object) -> list[Reason]:
    return [reason for _, reason in report.done]


def edit(store: MemoryStore, change: Callable[[bytes], bytes]) -> None:
    (item,) = store.items()
    store.write(item.href, change(item.body))


def test_a_new_copy_is_written_and_a_second_run_does_nothing(
    desired: Make, journal: Journal
) -> None:
    store = MemoryStore()
    want = [desired("a"), desired("b")]
    assert reasons(synchronise(want, store, journal)) == [Reason.CREATE, Reason.CREATE]
    assert sorted(bodies(store)) == sorted(copy.body for copy in want)
    assert synchronise(want, store, journal).done == ()


def test_a_new_revision_is_written_over_the_old_one(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    report = synchronise([desired("a", 2)], store, journal)
    assert reasons(report) == [Reason.UPDATE]
    assert only(store) == desired("a", 2).body


def test_what_is_not_wanted_any_more_is_taken_away(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a"), desired("b")], store, journal)
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.REMOVE]
    assert only(store) == desired("a").body


def test_an_empty_wish_takes_nothing_away_unless_confirmed(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    with pytest.raises(EmptySide, match="desired"):
        synchronise([], store, journal)
    assert only(store) == desired("a").body
    synchronise([], store, journal, confirmed_empty=True)
    assert bodies(store) == []


def test_an_emptied_calendar_is_a_fault_unless_confirmed(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    store.remove(desired("a").href)
    with pytest.raises(EmptySide, match="remote"):
        synchronise([desired("a")], store, journal)
    report = synchronise([desired("a")], store, journal, confirmed_empty=True)
    assert reasons(report) == [Reason.DECLINED]


def test_a_copy_that_its_owner_took_away_stays_away_until_there_is_something_new(
    desired: Make, journal: Journal
) -> None:
    store = MemoryStore()
    synchronise([desired("a"), desired("b")], store, journal)
    store.remove(desired("a").href)
    assert reasons(synchronise([desired("a"), desired("b")], store, journal)) == [Reason.DECLINED]
    assert synchronise([desired("a"), desired("b")], store, journal).done == ()
    report = synchronise([desired("a", 2), desired("b")], store, journal)
    assert reasons(report) == [Reason.CREATE]
    assert any(item.href.endswith("-g2.ics") for item in store.items())


def test_a_deleted_copy_does_not_come_back_to_say_that_it_is_cancelled(
    desired: Make, cancelled: Make, journal: Journal
) -> None:
    store = MemoryStore()
    synchronise([desired("a"), desired("b")], store, journal)
    store.remove(desired("a").href)
    synchronise([cancelled("a", 2), desired("b")], store, journal)
    assert only(store) == desired("b").body


def test_a_cancelled_meeting_is_struck_out_where_its_copy_stands(
    desired: Make, cancelled: Make, journal: Journal
) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    synchronise([cancelled("a", 2)], store, journal)
    assert b"STATUS:CANCELLED" in only(store)


OWN = (
    "COLOR:teal",
    "X-MINE:ja",
    "COMMENT:Zelf rijden",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:Nu",
    "TRIGGER:-PT3H",
    "END:VALARM",
)


def test_the_owners_reminders_colours_and_notes_outlive_a_new_revision(
    desired: Make, journal: Journal, add_lines: Callable[..., bytes]
) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)

    def touched(body: bytes) -> bytes:
        noted = body.replace(b"Versie 1.", b"Versie 1.\\nPapieren mee!\\, echt")
        return add_lines(noted.replace(b"CATEGORIES:overleg", b"CATEGORIES:overleg,eigen"), *OWN)

    edit(store, touched)
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.ADOPT]
    synchronise([desired("a", 2)], store, journal)
    text = only(store).replace(b"\r\n ", b"").decode()
    assert all(line in text for line in OWN)
    assert "CATEGORIES:overleg,eigen" in text
    assert "Versie 2.\\n\\nPapieren mee!\\, echt" in text
    assert "Versie 1." not in text
    synchronise([desired("a", 3)], store, journal)
    assert only(store).count(b"Papieren mee!") == 1
    assert only(store).count(b"X-MINE") == 1


def test_a_reminder_that_its_owner_took_away_stays_away(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a", alarms=(timedelta(hours=1),))], store, journal)
    edit(
        store, lambda body: body[: body.index(b"BEGIN:VALARM")] + body[body.index(b"END:VEVENT") :]
    )
    synchronise([desired("a", 2, alarms=(timedelta(hours=1),))], store, journal)
    assert b"VALARM" not in only(store)


def test_the_planners_title_is_put_back_once_and_then_let_be(
    desired: Make, journal: Journal, retitle: Callable[[bytes, str], bytes]
) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    edit(store, lambda body: retitle(body, "Tandarts"))
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.RESTORE]
    assert read_copy(only(store)).planned == desired("a").copy.planned
    edit(store, lambda body: retitle(body, "Toch tandarts"))
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.DIVERGED]
    assert synchronise([desired("a")], store, journal).done == ()
    assert b"Toch tandarts" in only(store)
    assert reasons(synchronise([desired("a", 2)], store, journal)) == [Reason.UPDATE]
    assert read_copy(only(store)).planned == desired("a", 2).copy.planned


def test_a_program_that_drops_our_mark_starts_no_war(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    edit(
        store,
        lambda body: body.replace(desired("a").version.encode(), b"").replace(
            b"X-AANTAFEL-VERSION:\r\n", b""
        ),
    )
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.ADOPT]
    assert synchronise([desired("a")], store, journal).done == ()


def test_a_copy_under_another_name_is_followed(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a"), desired("b")], store, journal)
    body = desired("a").body
    store.remove(desired("a").href)
    store.write("moved.ics", body)
    synchronise([desired("a"), desired("b")], store, journal)
    synchronise([desired("a", 2), desired("b")], store, journal)
    assert {item.href for item in store.items()} == {"moved.ics", desired("b").href}


def test_what_others_keep_in_the_calendar_is_never_touched(
    desired: Make, journal: Journal, event_ics: Callable[..., bytes]
) -> None:
    foreign = event_ics("DTSTART:20260601T120000Z", "SUMMARY:Van mij")
    store = MemoryStore()
    store.write("mine.ics", foreign)
    synchronise([desired("a")], store, journal)
    synchronise([], store, journal, confirmed_empty=True)
    assert only(store) == foreign


def test_another_entry_under_our_name_is_let_be_and_told(
    desired: Make, journal: Journal, event_ics: Callable[..., bytes]
) -> None:
    store = MemoryStore()
    store.write(desired("a").href, event_ics("DTSTART:20260601T120000Z"))
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.BLOCKED]
    assert synchronise([desired("a")], store, journal).done == ()


def test_our_uid_under_another_name_is_found_and_brought_up_to_date(
    desired: Make, journal: Journal
) -> None:
    store = MemoryStore()
    store.write("elsewhere.ics", desired("a").body)
    synchronise([desired("a", 2)], store, journal)
    (item,) = store.items()
    assert item.href == "elsewhere.ics"
    assert read_copy(item.body).planned == desired("a", 2).copy.planned


def test_a_lost_answer_is_found_out_and_nothing_is_written_twice(
    desired: Make, journal: Journal
) -> None:
    faults = iter([Fault.DROPPED_AFTER])
    store = MemoryStore(lambda name, _href: next(faults, None) if name == "put" else None)
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.ADOPT]
    assert only(store) == desired("a").body
    assert synchronise([desired("a")], store, journal).done == ()


def test_an_etag_that_is_kept_secret_is_read(desired: Make, journal: Journal) -> None:
    store = MemoryStore(lambda name, _href: Fault.SILENT if name == "put" else None)
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.ADOPT]
    (known,) = journal.known()
    assert known.status is Status.IN_STEP
    assert known.etag == store.items()[0].etag


def test_a_server_that_wants_us_slower_ends_the_run(desired: Make, journal: Journal) -> None:
    store = MemoryStore(lambda name, _href: Fault.TOO_MANY if name == "put" else None)
    report = synchronise([desired("a"), desired("b")], store, journal)
    assert report.stopped is not None
    assert report.stopped.retry_after.total_seconds() == 30
    assert not report.complete


def test_a_server_in_trouble_is_left_alone_after_three_silences(
    desired: Make, journal: Journal
) -> None:
    asked: list[str] = []

    def fault(name: str, href: str) -> Fault | None:
        asked.append(name)
        return Fault.UNAVAILABLE if name == "put" else None

    want = [desired(str(number)) for number in range(9)]
    report = synchronise(want, MemoryStore(fault), journal)
    assert asked.count("put") == 6  # each of three copies is tried twice
    assert len(report.failed) == 3
    assert report.stopped is not None


def test_one_refused_copy_does_not_hold_up_the_others(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    broken = Desired(uid="a", href="a.ics", revision=1, resource=b"no calendar")
    report = synchronise([broken, desired("b")], store, journal)
    assert [(uid, type(error)) for uid, error in report.failed] == [("a", Refused)]
    assert only(store) == desired("b").body


def test_a_token_is_only_kept_from_a_run_that_had_nothing_to_write(
    desired: Make, journal: Journal
) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    assert journal.token() is None
    synchronise([desired("a")], store, journal)
    assert journal.token() == store.token()


def test_a_copy_taken_away_right_after_it_was_written_is_noticed(
    desired: Make, journal: Journal
) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    synchronise([desired("a")], store, journal)
    synchronise([desired("a"), desired("b")], store, journal)
    store.remove(desired("b").href)
    report = synchronise([desired("a"), desired("b")], store, journal)
    assert reasons(report) == [Reason.DECLINED]


def test_a_quiet_run_asks_for_changes_only(desired: Make, journal: Journal) -> None:
    asked: list[str] = []
    store = MemoryStore(lambda name, _href: asked.append(name))
    synchronise([desired("a")], store, journal)
    synchronise([desired("a")], store, journal)
    asked.clear()
    synchronise([desired("a")], store, journal)
    assert asked == ["changes"]
    synchronise([desired("a")], store, journal, full=True)
    assert asked == ["changes", "token", "listing"]


def test_taking_away_the_last_copy_beside_ones_own_entries_is_an_answer_and_no_fault(
    desired: Make, journal: Journal, event_ics: Callable[..., bytes]
) -> None:
    store = MemoryStore()
    store.write("mine.ics", event_ics("DTSTART:20260601T120000Z"))
    synchronise([desired("a")], store, journal)
    synchronise([desired("a")], store, journal)
    store.remove(desired("a").href)
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.DECLINED]


def test_a_token_that_is_refused_leads_to_a_full_listing(desired: Make, journal: Journal) -> None:
    store = MemoryStore()
    synchronise([desired("a")], store, journal)
    journal.save_token("memory:999999")
    edit(store, lambda body: body + b"\r\n")
    assert reasons(synchronise([desired("a")], store, journal)) == [Reason.ADOPT]
