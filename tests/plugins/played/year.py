"""The year itself: what happens on which day, with the record looked at every week."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlmodel import select

from played.desk import Desk, mark
from played.matrix import Matrix, Reader
from played.polls import Polls
from played.positions import Positions
from played.record import Held
from played.register import Register
from played.stage import Stage, board
from played.tellings import Tellings
from played.watch import Watch
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR

LAST = date(2027, 12, 31)
_DAY = timedelta(days=1)
_AGENDA, _INPUT, _LATE = 30, 13, 6
"""How many days before a meeting its agenda is written, input is given, and given late."""

_TABLES = {
    "stuurgroep": {
        "besluit": "huurders hebben samen de helft van de stemmen",
        "gewicht": "naar woningen; onbekend telt niet mee",
        "quorum": "25",
    },
    "woonagenda": {
        "besluit": "meerderheid van de organisaties én naar woningen",
        "gewicht": "naar woningen; onbekend telt als de standaard van de provincie",
        "quorum": "80",
    },
    "prestatie-emmen": {
        "besluit": "meerderheid van de organisaties",
        "stemmen_per_organisatie": "3",
    },
}
"""How the tables that vote decide: three rules, and two quorums."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How much is done in the year.

    Attributes:
        seconds: how long the planner may think.
        days: after how many days the record is looked at again; a multiple of seven.
        agendas: how many meetings of each table that votes have an agenda, and a vote.
        tellings: of so many meetings two are told of.
        reactions: after every so many report-backs a board reacts.
        readers: of the representatives one in so many tries every page.
        boards: whose boards are reached by mail; None is all.
    """

    seconds: float
    days: int
    agendas: int
    tellings: int
    reactions: int
    readers: int
    boards: frozenset[str] | None = None


@dataclass
class Year:
    """Twelve months at twelve organisations, from the fourth of January on."""

    stage: Stage
    pace: Pace
    done: dict[str, set[str]] = field(default_factory=dict)
    story: dict[date, list[Callable[[], None]]] = field(default_factory=dict)
    begun: bool = False
    opened: int = 0
    """How many letters were opened, to see that each may be read by whom it went to."""
    lent: str = ""
    """The mandate with which the story begins, or the one that followed it."""
    unheard: dict[str, str] = field(default_factory=dict)
    """By meeting whose mandate was withdrawn just before it, too late to plan again."""

    def __post_init__(self) -> None:
        self.chance = Random(2027)
        self.register = Register()
        with self.stage.database.session() as session:
            self.register.read(session)
        self.desk = Desk(self.stage, self.register, self.pace.seconds)
        self.watch = Watch(self.stage, self.register)
        self.positions = Positions(self.desk, self.chance)
        self.polls = Polls(self.desk, self.chance)
        self.tellings = Tellings(self.desk)
        self.matrix = Matrix(self.desk, self.positions, set(), self.polls.votes)
        self.organisations = self._organisations()

    def on(self, day: date, act: Callable[[], None]) -> None:
        """Something of the story that happens on a day."""
        self.story.setdefault(day, []).append(act)

    def play(self, until: date = LAST) -> None:
        """Day after day."""
        while self.desk.today < until:
            self._day(self.desk.today)
            self._move(datetime.combine(self.desk.today + _DAY, time(8), UTC))

    def settle(self) -> None:
        """The coordinator writes down whom to mail and how tables vote; boards choose digests."""
        for each in sorted(self.pace.boards or self.organisations):
            for function in ("voorzitter", "secretaris") if each == "mevm" else ("voorzitter",):
                address = f"{function}@{each}.example"
                where = {"van": f"board:{each}", "functie": function, "adres": address}
                self.stage.post(COORDINATOR, "/postbus/adressen", **where)
        self.desk.records("/gegevens/organisaties/mevm", akkoord_mandaat="2")
        for table, rules in _TABLES.items():
            self.desk.records(f"/gegevens/overlegtafels/{table}", stemt="ja", **rules)
        for number, each in enumerate(self.organisations):
            pace = ("nooit", "maand", "nooit", "week")[number % 4]
            self.stage.post(board(each), "/bericht", vaak=pace)
        for each in ("mevm", "deelmacht"):
            self.stage.post(board(each), "/tafels", tafel="raadscommissie-tynaarlo", volg="ja")
            self.matrix.followed.add((each, "raadscommissie-tynaarlo"))

    def plan(self) -> None:
        """Plan and publish: nothing that is published breaks a rule."""
        if self.begun:
            self.desk.plan_again()
        else:
            self.desk.plan_first()
        self.begun = True
        assert self.watch.judged() == ()
        self.watch.look()

    def coming(self, days: int = 0) -> list[Held]:
        """The published meetings that begin so many days from now or later."""
        after = self.stage.clock.now + timedelta(days=days)
        return [each for each in self.desk.held() if each.starts_at > after]

    def _day(self, today: date) -> None:
        for act in self.story.pop(today, ()):
            act()
            self.watch.look()
        if not self.begun:
            return
        if today.toordinal() % self.pace.days == 1:
            self._look()
        held = self.desk.held()
        for each in self._prepared(held, today):
            self._prepare(each, today)
        for each in held:
            if each.day == today:
                self._hold(each)
        self._move(datetime.combine(today, time(20), UTC))
        for each in held:
            self._tell(each, today)

    def _look(self) -> None:
        self.stage.look_after()
        self.watch.look()
        self.tellings.look()
        held = {each.id: each for each in self.desk.held()}
        for letter in self.stage.letters[self.opened :]:
            owner = letter.to.partition("@")[2].removesuffix(".example")
            self.matrix.reads(Reader(board(owner), owner), letter.subject, letter.text, held)
        self.opened = len(self.stage.letters)

    def _prepared(self, held: tuple[Held, ...], today: date) -> Iterator[Held]:
        """Of each table that votes the first meetings, as far as they are ahead."""
        for table in _TABLES:
            theirs = [each for each in held if each.table == table and each.going]
            yield from (each for each in theirs[: self.pace.agendas] if each.day > today)

    def _prepare(self, meeting: Held, today: date) -> None:
        left = (meeting.day - today).days
        if left <= _AGENDA and self._first("agenda", meeting):
            self.positions.open(meeting)
        concerned = sorted(meeting.voices)
        if left <= _INPUT and self._first("input", meeting):
            for each in concerned[::2]:
                self.positions.give(meeting, each)
        if left <= _LATE and self._first("late", meeting):
            self.positions.give(meeting, concerned[1])
            self.positions.read(meeting)

    def _hold(self, meeting: Held) -> None:
        """It is held: where the table votes, there is a vote; nobody gives input any more."""
        self._move(meeting.starts_at + timedelta(minutes=5))
        if meeting.id in self.positions.given and meeting.going:
            self.positions.is_over(meeting)
            vote = self.polls.open(meeting)
            self.polls.cast(meeting, vote)
            self._move(meeting.ends_at + timedelta(minutes=5))
            self.polls.close(meeting, vote)

    def _tell(self, meeting: Held, today: date) -> None:
        """Of so many meetings one is told of in time, one late, and the others never."""
        since = (today - meeting.day).days
        if since < 2 or not meeting.going or meeting.id in self.tellings.late:
            return
        when = {0: 2, 1: 10}.get(sum(meeting.id.encode()) % self.pace.tellings)
        if when is not None and since >= when:
            self.tellings.tell(meeting)
            spoken = sorted(meeting.through_others)
            if spoken and len(self.tellings.late) % self.pace.reactions == 0:
                self.tellings.react(meeting, spoken[0])

    def _first(self, what: str, meeting: Held) -> bool:
        known = self.done.setdefault(what, set())
        new = meeting.id not in known
        known.add(meeting.id)
        return new

    def _move(self, instant: datetime) -> None:
        self.stage.clock.now = max(instant, self.stage.clock.now)

    def _organisations(self) -> list[str]:
        with self.stage.database.session() as session:
            return sorted(session.exec(select(tables.Organisation.id)))


def limit(giver: str, holder: str) -> str:
    """A limit in words, to be found again wherever it is shown."""
    return f"Niet over de huren, {mark('grens', giver, holder)}"
