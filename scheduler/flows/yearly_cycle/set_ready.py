"""Setting a year ready: the corrected list becomes meetings to plan, each once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from scheduler.db import audits
from scheduler.db.tables import Interest, Meeting, Organisation, Slot
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, Sentence
from scheduler.domain.ids import new_id, new_uid
from scheduler.domain.parsing import Unfit, clock
from scheduler.flows.province.stakes import Stakes, read_stakes
from scheduler.flows.records.typed import day_in
from scheduler.flows.yearly_cycle.propose import Proposal, YearProposal, at_local, propose_year
from scheduler.policy import PlanningPolicy


@dataclass(frozen=True, slots=True)
class Chosen:
    """One line of the list as it was sent: the day and the start, as typed."""

    meeting_id: str
    day: str
    start: str


class BadYear(BadInput):
    """Some days or times can't be used; nothing was made.

    Attributes:
        faults: what is wrong, by the meeting that the line repeats.
    """

    def __init__(self, faults: Mapping[str, Sentence]) -> None:
        """Keep the faults, and their sentences."""
        super().__init__(*dict.fromkeys(faults.values()))
        self.faults = faults


_NOTHING = Sentence("Kies ten minste één overleg.", "Choose at least one meeting.")


def set_ready(
    session: Session,
    actor: Actor,
    year: int,
    chosen: Sequence[Chosen],
    policy: PlanningPolicy,
    *,
    at: datetime,
) -> int:
    """Make the chosen meetings, and give how many are new. Doing it twice makes nothing double.

    Each is as the meeting that it repeats was, for whoever has to be heard there by now.

    Raises:
        NotAllowed: the actor doesn't plan for all.
        BadInput: nothing was chosen.
        BadYear: days or times that can't be used, all of them at once.
    """
    proposal = propose_year(session, actor, year, policy)
    if not chosen:
        raise BadInput(_NOTHING)
    wanted = _wanted(proposal, chosen, at)
    stakes = read_stakes(session)
    made = sum(_make(session, each, starts_at, stakes) for each, starts_at in wanted)
    if made:
        audits.record(
            session,
            actor,
            "set ready",
            noun="year",
            noun_id=str(year),
            at=at,
            detail=f"{made} meetings",
        )
        session.flush()
    return made


def _wanted(
    proposal: YearProposal, chosen: Sequence[Chosen], at: datetime
) -> list[tuple[Proposal, datetime]]:
    """The proposals that aren't there yet, each with its start as corrected."""
    lines = {each.meeting_id: each for each in chosen}
    faults: dict[str, Sentence] = {}
    found = []
    for each in proposal.open:
        if each.meeting_id not in lines:
            continue
        try:
            found.append((each, _start(lines[each.meeting_id], proposal.year, at)))
        except Unfit as unfit:
            faults[each.meeting_id] = Sentence(
                f"{each.title}: hier hoort {unfit.expected.nl}.",
                f"{each.title}: expected {unfit.expected.en}.",
            )
    if faults:
        raise BadYear(faults)
    return found


def _start(line: Chosen, year: int, at: datetime) -> datetime:
    day = day_in(line.day.strip())
    if day.year != year:
        raise Unfit(f"een dag in {year}", f"a day in {year}")
    starts_at = at_local(day, clock(line.start.strip()))
    if starts_at <= at:
        raise Unfit("een dag die nog komt", "a day still to come")
    return starts_at


def _make(session: Session, proposal: Proposal, starts_at: datetime, stakes: Stakes) -> bool:
    """Make one meeting; whether it wasn't there yet."""
    before = session.get_one(Meeting, proposal.meeting_id)
    length = proposal.ends_at - proposal.starts_at
    meeting = _repeated(before, proposal.title)
    try:
        with session.begin_nested():
            session.add(meeting)
    except IntegrityError:
        return False  # somebody else set the same year ready at the same moment
    session.add(
        Slot(meeting_id=meeting.id, position=0, starts_at=starts_at, ends_at=starts_at + length)
    )
    session.add_all(_interests(session, before, meeting, starts_at.date(), stakes))
    session.flush()
    return True


def _repeated(before: Meeting, title: str) -> Meeting:
    own = {"id", "uid", "title", "repeats_id", "state", "topics", "expertise"}
    same = {name: getattr(before, name) for name in Meeting.model_fields if name not in own}
    return Meeting(
        id=new_id("m"),
        uid=new_uid(),
        title=title,
        repeats_id=before.id,
        topics=list(before.topics),
        expertise=list(before.expertise),
        **same,
    )


def _interests(
    session: Session, before: Meeting, meeting: Meeting, day: date, stakes: Stakes
) -> Iterator[Interest]:
    """Who has to be heard: those that were then, with their dwellings as they are now.

    An organisation that has ended by then needn't be.
    """
    weights = stakes.at(
        meeting.level,
        municipality_id=meeting.municipality_id,
        corporation_id=meeting.corporation_id,
    )
    query = (
        select(Interest, col(Organisation.last_day))
        .join(Organisation)
        .where(Interest.meeting_id == before.id)
        .order_by(Interest.organisation_id)
    )
    for row, last_day in session.exec(query):
        if last_day is None or last_day >= day:
            weight = weights.get(row.organisation_id, row.weight)
            yield Interest(
                meeting_id=meeting.id, organisation_id=row.organisation_id, weight=weight
            )
