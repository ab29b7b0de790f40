"""What calendar programs write into the live account: taken, taken in part, or refused."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

import caldav
import httpx2 as httpx
import pytest
from sqlmodel import select

from calendars.ical import read
from calendars.identity import href
from scheduler.db import tables
from scheduler.db.answers import own_answers, taken_out
from scheduler.db.engine import Database
from scheduler.domain.access import COORDINATOR
from scheduler.domain.terms import Choice, Way
from scheduler.flows.access.accounts import IssuedAccount
from scheduler.flows.attending.answer_invitation import answer_invitation

pytestmark = pytest.mark.peers

MEETING = href("m-vries@aantafel.invalid")
OVERLEGGEN, BUSY = "overleggen", "beschikbaarheid"
BLOCK = (
    b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y//EN\nBEGIN:VEVENT\nUID:tandarts-1\n"
    b"DTSTAMP:20270301T000000Z\nDTSTART;TZID=Europe/Amsterdam:20270310T100000\n"
    b"DTEND;TZID=Europe/Amsterdam:20270310T113000\nSUMMARY:Tandarts\n%sEND:VEVENT\nEND:VCALENDAR\n"
)
PLAIN = BLOCK % b""
Edit = Callable[[str], str]


class Account:
    """One person's account over raw HTTP."""

    def __init__(self, issued: IssuedAccount) -> None:
        self.client = httpx.Client(
            base_url=f"{issued.url}{issued.username}/",
            auth=(issued.username, issued.password),
            timeout=30,
        )

    def get(self, name: str = MEETING, calendar: str = OVERLEGGEN) -> Any:
        return self.client.get(f"{calendar}/{name}")

    def put(
        self, content: str | bytes, name: str = MEETING, calendar: str = OVERLEGGEN, **headers: str
    ) -> Any:
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.put(f"{calendar}/{name}", content=content, headers=sent)

    def edit(self, *changes: tuple[str, str], **headers: str) -> Any:
        """Write the meeting back with some of its text changed."""
        text = self.get().text.replace("\r\n ", "")
        for old, new in changes:
            assert old in text, text
            text = text.replace(old, new)
        return self.put(text, **headers)

    def delete(self, name: str = MEETING, calendar: str = OVERLEGGEN, **headers: str) -> Any:
        sent = {key.replace("_", "-"): value for key, value in headers.items()}
        return self.client.delete(f"{calendar}/{name}", headers=sent)

    def report(self, body: str, calendar: str = OVERLEGGEN) -> Any:
        return self.client.request("REPORT", f"{calendar}/", content=body)

    def sync(self, token: str = "", calendar: str = OVERLEGGEN) -> tuple[str, dict[str, str]]:
        """The next token, and per changed item its tag; an empty one for what has gone."""
        answer = self.report(
            f'<D:sync-collection xmlns:D="DAV:"><D:sync-token>{token}</D:sync-token>'
            "<D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>",
            calendar,
        )
        assert answer.status_code == 207, answer.text
        root = ET.fromstring(answer.text)
        found = {
            (each.findtext("{DAV:}href") or "").rsplit("/", 1)[1]: each.findtext(".//{DAV:}getetag")
            or ""
            for each in root.iter("{DAV:}response")
        }
        return root.findtext("{DAV:}sync-token") or "", found


@pytest.fixture
def account(issued: IssuedAccount) -> Iterator[Account]:
    account = Account(issued)
    yield account
    account.client.close()


@pytest.fixture
def said(province: Database) -> Callable[[], Choice | None]:
    """What r12 answered to the meeting, as the coordinator sees it."""

    def look() -> Choice | None:
        with province.session() as session:
            found = own_answers(session, COORDINATOR, "r12").get("m-vries")
        return found.choice if found else None

    return look


ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Op tijd\r\nTRIGGER:-PT45M\r\nEND:VALARM\r\n"


# Answering


def test_the_entry_invites_its_owner_and_nobody_else(account: Account) -> None:
    (entry,) = read(account.get().content)
    assert entry.organiser is not None
    assert entry.attendee is not None
    assert entry.attendee.address == "mailto:r12@aantafel.invalid"
    assert account.get().text.count("ATTENDEE") == 1


def test_the_principal_is_known_by_the_address_that_is_invited(account: Account) -> None:
    body = (
        '<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:prop>'
        "<C:calendar-user-address-set/></D:prop></D:propfind>"
    )
    answer = account.client.request("PROPFIND", "", content=body, headers={"Depth": "0"})
    assert "mailto:r12@aantafel.invalid" in answer.text


@pytest.mark.parametrize(
    ("partstat", "choice"),
    [("ACCEPTED", Choice.YES), ("TENTATIVE", Choice.PERHAPS), ("DECLINED", Choice.NO)],
)
def test_a_partstat_is_an_answer(
    account: Account, said: Callable[[], Choice | None], partstat: str, choice: Choice
) -> None:
    assert said() is None
    answer = account.edit(("PARTSTAT=NEEDS-ACTION", f"PARTSTAT={partstat}"))
    assert answer.status_code == 204
    assert "etag" not in answer.headers
    assert said() is choice
    assert f"PARTSTAT={partstat}" in account.get().text.replace("\r\n ", "")


def test_a_later_answer_replaces_an_earlier_one(
    account: Account, said: Callable[[], Choice | None], province: Database
) -> None:
    account.edit(("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED"))
    account.edit(("PARTSTAT=ACCEPTED", "PARTSTAT=DECLINED"))
    assert said() is Choice.NO
    with province.session() as session:
        acts = session.exec(select(tables.Audit).where(tables.Audit.act == "answer")).all()
    assert [act.detail for act in acts] == ["r12: yes, by calendar", "r12: no, by calendar"]


def test_who_declines_keeps_the_time_free(account: Account) -> None:
    account.edit(("PARTSTAT=NEEDS-ACTION", "PARTSTAT=DECLINED"))
    assert "TRANSP:TRANSPARENT" in account.get().text


def test_a_client_library_answers_and_hears_of_it(
    issued: IssuedAccount, said: Callable[[], Choice | None]
) -> None:
    with caldav.DAVClient(
        url=issued.url, username=issued.username, password=issued.password, auth_type="basic"
    ) as client:
        calendars = {each.get_display_name(): each for each in client.principal().calendars()}
        meetings = calendars["Aan Tafel"]
        token = meetings.get_objects_by_sync_token(disable_fallback=True).sync_token
        event = meetings.event_by_url(str(meetings.url) + MEETING)
        event.change_attendee_status("mailto:r12@aantafel.invalid", partstat="ACCEPTED")
        event.save(increase_seqno=False)
        changed = meetings.get_objects_by_sync_token(token, disable_fallback=True)
        assert [str(each.url).rsplit("/", 1)[1] for each in changed] == [MEETING]
    assert said() is Choice.YES


def test_an_answer_on_the_page_reaches_the_account(
    account: Account, province: Database, now: datetime
) -> None:
    token, _ = account.sync()
    with province.session() as session:
        answer_invitation(
            session,
            COORDINATOR,
            "m-vries",
            Choice.YES,
            way=Way.PAGE,
            at=now,
            representative_id="r12",
        )
    assert set(account.sync(token)[1]) == {MEETING}
    assert "PARTSTAT=ACCEPTED" in account.get().text.replace("\r\n ", "")


# One's own part


def test_reminders_colour_categories_and_notes_stay(account: Account) -> None:
    categories = next(
        line
        for line in account.get().text.replace("\r\n ", "").splitlines()
        if line.startswith("CATEGORIES")
    )
    answer = account.edit(
        (
            "END:VEVENT",
            f"COLOR:turquoise\r\nX-MINE;A=b:c\r\nCOMMENT:trein van 9.12\r\n{ALARM}END:VEVENT",
        ),
        (categories, f"{categories},privé"),
    )
    assert answer.status_code == 204
    text = account.get().text.replace("\r\n ", "")
    for kept in (
        "COLOR:turquoise",
        "X-MINE;A=b:c",
        "COMMENT:trein van 9.12",
        ALARM,
        f"{categories},privé",
    ):
        assert kept in text


def test_a_note_below_our_text_stays_the_owners(account: Account) -> None:
    description = next(
        line
        for line in account.get().text.replace("\r\n ", "").splitlines()
        if line.startswith("DESCRIPTION")
    )
    account.edit((description, f"{description}\\n\\nMap meenemen\\; en pen."))
    first = account.get()
    account.put(first.content)
    for text in (first.text, account.get().text):
        assert text.replace("\r\n ", "").count("Map meenemen\\; en pen.") == 1


def test_the_same_writing_again_says_the_same(account: Account) -> None:
    account.edit(("END:VEVENT", f"COLOR:red\r\n{ALARM}END:VEVENT"))
    once = account.get().content
    account.put(once)
    assert account.get().content == once


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("SUMMARY:Woonvisie Tynaarlo", "SUMMARY:Iets anders", "de titel"),
        (
            "DTSTART;TZID=Europe/Amsterdam:20270324T193000",
            "DTSTART;TZID=Europe/Amsterdam:20270324T183000",
            "de tijd",
        ),
        ("LOCATION:Vries", "LOCATION:Zuidlaren", "de plek"),
    ],
)
def test_what_is_fixed_is_put_back_with_a_new_tag_and_the_reason(
    account: Account, old: str, new: str, words: str
) -> None:
    before = account.get()
    answer = account.edit((old, new), ("END:VEVENT", f"{ALARM}END:VEVENT"))
    after = account.get()
    text = after.text.replace("\r\n ", "")
    assert answer.status_code == 204
    assert "etag" not in answer.headers
    assert after.headers["etag"] != before.headers["etag"]
    assert old in text
    assert f"U veranderde {words}." in text
    assert ALARM in text
    account.edit((old, new))
    assert account.get().headers["etag"] != after.headers["etag"]


def test_too_much_of_ones_own_is_refused(account: Account) -> None:
    answer = account.edit(("END:VEVENT", f"X-LARGE:{'a' * 20_000}\r\nEND:VEVENT"))
    assert answer.status_code == 403
    assert "max-resource-size" in answer.text


def test_nobody_elses_account_shows_it(
    account: Account, issued: IssuedAccount, province: Database
) -> None:
    account.edit(("END:VEVENT", "COLOR:red\r\nEND:VEVENT"))
    with province.session() as session:
        rows = session.exec(select(tables.OwnPart)).all()
    assert [(row.representative_id, row.meeting_id) for row in rows] == [("r12", "m-vries")]


# Taking out


def test_a_delete_takes_it_out_of_the_calendar_and_the_coordinator_sees_it(
    account: Account, province: Database, said: Callable[[], Choice | None]
) -> None:
    token, _ = account.sync()
    assert account.delete(If_Match=account.get().headers["etag"]).status_code == 204
    assert account.get().status_code == 404
    assert account.sync(token)[1] == {MEETING: ""}
    assert said() is None
    with province.session() as session:
        assert taken_out(session, COORDINATOR) == {("r12", "m-vries")}
    assert account.delete().status_code == 404


def test_who_puts_it_back_sees_it_again(account: Account) -> None:
    content = account.get().content
    account.delete()
    assert account.put(content, If_None_Match="*").status_code == 201
    assert account.get().status_code == 200


# Conditions


def test_a_writing_over_something_else_is_refused(account: Account) -> None:
    stale = account.get().headers["etag"]
    assert (
        account.edit(("END:VEVENT", "COLOR:red\r\nEND:VEVENT"), If_Match=stale).status_code == 204
    )
    late = account.edit(("COLOR:red", "COLOR:blue"), If_Match=stale)
    assert late.status_code == 412
    assert account.delete(If_Match=stale).status_code == 412
    assert account.edit(("COLOR:red", "COLOR:blue"), If_None_Match="*").status_code == 412
    assert "COLOR:red" in account.get().text


def test_two_programs_at_once_do_not_undo_each_other(issued: IssuedAccount) -> None:
    first = Account(issued)
    tag = first.get().headers["etag"]
    text = first.get().text

    def write(number: int) -> int:
        mine = Account(issued)
        answer = mine.put(text.replace("END:VEVENT", f"X-N:{number}\r\nEND:VEVENT"), If_Match=tag)
        mine.client.close()
        return int(answer.status_code)

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(write, range(4)))
    assert statuses == [204, 412, 412, 412]
    first.client.close()


def test_a_foreign_event_is_refused(account: Account) -> None:
    answer = account.put(PLAIN, "eigen.ics")
    assert answer.status_code == 403
    assert "<D:bind/>" in answer.text
    assert "/r12/overleggen/</D:href>" in answer.text


# Busy time


def test_busy_time_comes_back_to_the_byte(account: Account, province: Database) -> None:
    answer = account.put(PLAIN, "t.ics", BUSY, If_None_Match="*")
    assert answer.status_code == 201
    got = account.get("t.ics", BUSY)
    assert got.content == PLAIN
    assert got.headers["etag"] == answer.headers["etag"]
    with province.session() as session:
        (row,) = session.exec(select(tables.Busy)).all()
    assert (row.representative_id, row.source) == ("r12", "account/t.ics")
    assert (row.starts_at, row.ends_at) == (
        datetime(2027, 3, 10, 9, tzinfo=UTC),
        datetime(2027, 3, 10, 10, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        (b"TRANSP:TRANSPARENT\n", 0),
        (b"STATUS:CANCELLED\n", 0),
        (b"RRULE:FREQ=WEEKLY;COUNT=5\n", 5),
        (b"RRULE:FREQ=WEEKLY\n", 99),
    ],
)
def test_only_time_that_is_taken_counts_and_each_time_it_is(
    account: Account, province: Database, line: bytes, spans: int
) -> None:
    assert account.put(BLOCK % line, "t.ics", BUSY).status_code == 201
    with province.session() as session:
        assert len(session.exec(select(tables.Busy)).all()) == spans


def test_changed_and_deleted_busy_time_frees_the_old(account: Account, province: Database) -> None:
    account.put(PLAIN, "t.ics", BUSY)
    token, _ = account.sync(calendar=BUSY)
    tag = account.get("t.ics", BUSY).headers["etag"]
    assert (
        account.put(PLAIN.replace(b"0310", b"0311"), "t.ics", BUSY, If_Match=tag).status_code == 204
    )
    assert account.delete("t.ics", BUSY, If_Match=tag).status_code == 412
    assert account.delete("t.ics", BUSY).status_code == 204
    assert account.sync(token, BUSY)[1] == {"t.ics": ""}
    with province.session() as session:
        assert session.exec(select(tables.Busy)).all() == []


def test_one_uid_stands_under_one_name(account: Account) -> None:
    account.put(PLAIN, "t.ics", BUSY)
    answer = account.put(PLAIN, "u.ics", BUSY)
    assert answer.status_code == 409
    assert "no-uid-conflict" in answer.text
    assert "t.ics" in answer.text


def test_questions_about_busy_time_are_answered(account: Account) -> None:
    account.put(BLOCK % b"RRULE:FREQ=WEEKLY;COUNT=3\n", "t.ics", BUSY)
    span = "<C:time-range start='20270316T000000Z' end='20270326T000000Z'/>"
    space = 'xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:D="DAV:"'
    busy = account.report(f"<C:free-busy-query {space}>{span}</C:free-busy-query>", BUSY)
    assert busy.status_code == 200
    assert busy.text.count("FREEBUSY;FBTYPE=BUSY:") == 2
    assert "Tandarts" not in busy.text
    found = account.report(
        f"<C:calendar-query {space}><D:prop><C:calendar-data/></D:prop><C:filter>"
        f"<C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'>{span}</C:comp-filter>"
        "</C:comp-filter></C:filter></C:calendar-query>",
        BUSY,
    )
    assert found.text.count("SUMMARY:Tandarts") == 1


def test_the_whole_of_it_is_one_file(account: Account) -> None:
    account.put(PLAIN, "t.ics", BUSY)
    account.put(PLAIN.replace(b"tandarts-1", b"tandarts-2"), "u.ics", BUSY)
    whole = account.client.get(f"{BUSY}/").content
    assert {entry.title for entry in read(whole)} == {"Tandarts"}
    assert len(read(whole)) == 2


def test_a_client_library_keeps_busy_time(issued: IssuedAccount) -> None:
    with caldav.DAVClient(
        url=issued.url, username=issued.username, password=issued.password, auth_type="basic"
    ) as client:
        calendars = {each.get_display_name(): each for each in client.principal().calendars()}
        own = calendars["Beschikbaarheid"]
        event = own.save_event(PLAIN.decode())
        assert [str(each.icalendar_component["SUMMARY"]) for each in own.events()] == ["Tandarts"]
        event.delete()
        assert own.events() == []


# Hostile


HOSTILE = [
    b"",
    b"\x00" * 1000,
    b"A" * 5_000_000,
    b"\xff\xfe\xff",
    b"BEGIN:VCALENDAR\n",
    b"<a>" * 10_000,
    b"BEGIN:VCALENDAR\n" * 1000,
    b"BEGIN:VCALENDAR\nEND:VEVENT\nEND:VCALENDAR\n",
    PLAIN.replace(b"VEVENT", b"VTODO"),
    PLAIN.replace(b"SUMMARY:Tandarts", b"SUMMARY:a\x00b"),
    PLAIN.replace(b"SUMMARY:Tandarts", b"SUMMARY\n"),
    PLAIN.replace(b"20270310T100000", b"99999999T999999"),
    PLAIN.replace(b"DTSTART", b"X-START"),
    PLAIN.replace(b"Europe/Amsterdam", b"/../../etc/passwd"),
    PLAIN.replace(b"UID:tandarts-1", b"UID:"),
    PLAIN.replace(b"END:VEVENT", b"END:VEVENT\nBEGIN:VEVENT\nUID:b\nEND:VEVENT"),
    PLAIN.replace(b"\nBEGIN:VEVENT", b"\nMETHOD:REQUEST\nBEGIN:VEVENT"),
    BLOCK % b"RRULE:FREQ=SECONDLY\n",
    BLOCK % b"RRULE:FREQ=NEVER\n",
    BLOCK % (b"RRULE:FREQ=DAILY\n" * 50),
    BLOCK % (b"ATTENDEE;X=\x22:mailto:a\n" * 3),
]


@pytest.mark.parametrize("name", ["t.ics", MEETING])
@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_body_is_refused_and_nothing_is_kept(
    account: Account, province: Database, number: int, name: str
) -> None:
    calendar = OVERLEGGEN if name == MEETING else BUSY
    answer = account.put(HOSTILE[number], name, calendar)
    assert answer.status_code < 500
    assert (
        account.client.request("PROPFIND", f"{calendar}/", headers={"Depth": "1"}).status_code
        == 207
    )
    if answer.status_code >= 400:
        with province.session() as session:
            assert session.exec(select(tables.BusyBlock)).all() == []
            assert session.exec(select(tables.OwnPart)).all() == []


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    "name",
    ["a" * 3000, "..%2F..%2Fetc%2Fpasswd", "%00.ics", "a%0Ab.ics", "%C3%A9.ics", "a/b.ics", ""],
)
def test_a_hostile_name_is_refused(account: Account, method: str, name: str) -> None:
    for calendar in (OVERLEGGEN, BUSY, "andere"):
        answer = account.client.request(method, f"{calendar}/{name}", content=PLAIN)
        assert 400 <= answer.status_code < 500


def test_nobody_writes_into_another_account(account: Account) -> None:
    for owner in ("r4", "niemand"):
        for method in ("PUT", "DELETE"):
            answer = account.client.request(method, f"../{owner}/{BUSY}/t.ics", content=PLAIN)
            assert answer.status_code == 404
