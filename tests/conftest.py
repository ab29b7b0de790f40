"""A small province on a fixed day, published twice through the flows: for pages and journeys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from originals import Originals
from sqlmodel import Session

from scheduler.db.engine import Database
from scheduler.db.tables import (
    Assignment,
    Corporation,
    Dwellings,
    Interest,
    Mandate,
    MandateMunicipality,
    Meeting,
    Municipality,
    Organisation,
    Place,
    Plan,
    PlannedMeeting,
    Province,
    Region,
    Representative,
    Slot,
    Table,
    Voice,
)
from scheduler.domain.access import COORDINATOR, SYSTEM
from scheduler.domain.terms import (
    Bond,
    Character,
    Experience,
    Level,
    MeetingState,
    Mode,
    Part,
    PlanState,
)
from scheduler.flows.adjusting.arrangement import Arrangement, write_meeting
from scheduler.flows.problem_builder import build_problem
from scheduler.flows.province.load_province import load_province
from scheduler.flows.province.sample_year import add_sample_year
from scheduler.flows.publishing.publish_plan import publish_plan
from scheduler.policy import read_policy
from scheduler.provinces import read_province
from scheduler.settings import CONFIG
from solver.derive import Derived
from solver.search.greedy import first_plan

pytest_plugins = ["databases"]

NOW = datetime(2027, 3, 2, 8, 30, tzinfo=UTC)
YEAR_BEGINS = datetime(2026, 12, 31, 23, tzinfo=UTC)
_FIRST = datetime(2027, 1, 31, 23, tzinfo=UTC)
"""From when on the province is planned, also what has passed by now."""

PLACES = {"emmen": "Emmen", "assen": "Assen", "vries": "Vries"}
MUNICIPALITIES = {
    "GM0114": ("Emmen", "zuid", "emmen"),
    "GM0106": ("Assen", "noord", "assen"),
    "GM1730": ("Tynaarlo", "noord", "vries"),
}
ORGANISATIONS = {
    "federatie": ("De Huurdersfederatie", "zuid"),
    "sbde": ("SBDE", "zuid"),
    "mevm": ("MEVM", "noord"),
}
PEOPLE = {
    "r4": ("Afgevaardigde 4", "federatie", "emmen"),
    "r5": ("Afgevaardigde 5", "federatie", "emmen"),
    "r27": ("Afgevaardigde 27", "sbde", "emmen"),
    "r12": ("Afgevaardigde 12", "mevm", "assen"),
    "r14": ("Afgevaardigde 14", "mevm", "assen"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One meeting of the small province, and how it is planned."""

    id: str
    title: str
    starts_at: datetime
    municipality: str | None = None
    mode: Mode = Mode.IN_PERSON
    seats: int = 1
    going: tuple[str, ...] = ()
    deputy: str | None = None
    voices: tuple[tuple[str, str | None], ...] = ()
    place: str | None = None


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


MEETINGS = (
    Wanted(
        id="m-eerder",
        title="Terugblik Assen",
        starts_at=at(2, 10, 13),
        municipality="GM0106",
        going=("r12",),
        deputy="r14",
        voices=(("mevm", "mevm"),),
        place="assen",
    ),
    Wanted(
        id="m-bod",
        title="Voorbereiding bod Assen",
        starts_at=at(3, 9, 9),
        municipality="GM0106",
        seats=2,
        going=("r12", "r14"),
        voices=(("mevm", "mevm"),),
        place="assen",
    ),
    Wanted(
        id="m-emmen",
        title="Voortgang prestatieafspraken Emmen",
        starts_at=at(3, 18, 12, 30),
        municipality="GM0114",
        seats=2,
        going=("r4",),
        voices=(("federatie", "federatie"), ("sbde", None)),
        place="emmen",
    ),
    Wanted(
        id="m-vries",
        title="Woonvisie Tynaarlo",
        starts_at=at(3, 24, 18, 30),
        municipality="GM1730",
        going=("r12",),
        deputy="r14",
        voices=(("mevm", "mevm"), ("federatie", "mevm")),
        place="vries",
    ),
    Wanted(
        id="m-afgelast",
        title="Wonen met zorg Emmen",
        starts_at=at(3, 30, 12),
        municipality="GM0114",
        going=("r5",),
        deputy="r4",
        voices=(("federatie", "federatie"),),
        place="emmen",
    ),
    Wanted(
        id="m-urgentie",
        title="Provinciaal overleg urgentieregels",
        starts_at=at(4, 21, 11, 30),
        mode=Mode.ONLINE,
        seats=2,
        going=("r4", "r12"),
        deputy="r27",
        voices=(("federatie", "federatie"), ("mevm", "mevm"), ("sbde", "federatie")),
    ),
)


def build_province(session: Session) -> None:
    """The province with its meetings, published as 1, and again as 2 with one called off."""
    _province(session)
    _people(session)
    _mandates(session)
    for meeting in MEETINGS:
        _meeting(session, meeting)
    _publish(session, MEETINGS, at=NOW - timedelta(days=8))
    session.get_one(Meeting, "m-afgelast").state = MeetingState.CANCELLED
    _publish(session, MEETINGS, at=NOW - timedelta(days=1))


def _province(session: Session) -> None:
    session.add(
        Province(
            id="drenthe",
            name="Drenthe",
            timezone="Europe/Amsterdam",
            detour=1.3,
            speed_kmh=60,
            overhead_minutes=6,
            default_dwellings=500,
        )
    )
    session.flush()
    for key, name in (("zuid", "Zuidoost-Drenthe"), ("noord", "Noord-Drenthe")):
        session.add(Region(id=key, province_id="drenthe", name=name, weight=1))
    for key, name in PLACES.items():
        session.add(Place(id=key, name=name, address="Markt 1", lat=52.9, lon=6.6))
    session.flush()
    for code, (name, region, place) in MUNICIPALITIES.items():
        session.add(Municipality(id=code, name=name, region_id=region, place_id=place))
    session.add(Corporation(id="lefier", name="Lefier"))
    session.flush()


def _people(session: Session) -> None:
    for key, (name, region) in ORGANISATIONS.items():
        session.add(
            Organisation(
                id=key,
                name=name,
                full_name=name,
                region_id=region,
                capacity_minutes_per_year=30_000,
            )
        )
    session.flush()
    for key, (label, organisation, home) in PEOPLE.items():
        session.add(
            Representative(
                id=key,
                organisation_id=organisation,
                label=label,
                home_id=home,
                bond=Bond.VOLUNTEER,
                experience=Experience.EXPERIENCED,
                paid_job=False,
                online=True,
                target_minutes_per_year=12_030,
            )
        )
    for code, organisation, number, confidence in (
        ("GM0114", "federatie", 9699, "sourced"),
        ("GM0114", "sbde", 1800, "sourced (approx.)"),
        ("GM0106", "mevm", None, "unknown"),
    ):
        session.add(
            Dwellings(
                corporation_id="lefier",
                municipality_id=code,
                organisation_id=organisation,
                number=number,
                year="2015" if number else "",
                source="jaarverslag" if number else "",
                confidence=confidence,
            )
        )
    for code, (name, _, _) in MUNICIPALITIES.items():
        session.add(
            Table(
                id=f"t-{code}",
                name=f"Prestatieafspraken {name}",
                level=Level.MUNICIPALITY,
                character=Character.ADVISING,
                municipality_id=code,
            )
        )
    session.flush()


def _mandates(session: Session) -> None:
    """Whose voices the published meetings carry for others."""
    for giver, holder, levels, town in (
        ("federatie", "mevm", None, "GM1730"),
        ("sbde", "federatie", ["province"], None),
    ):
        session.add(
            Mandate(
                id=f"md-{giver}",
                giver_id=giver,
                holder_id=holder,
                everywhere=town is None,
                levels=levels,
                first_day=date(2027, 1, 1),
                last_day=date(2027, 12, 31),
            )
        )
        session.flush()
        if town:
            session.add(MandateMunicipality(mandate_id=f"md-{giver}", municipality_id=town))
    session.flush()


def _meeting(session: Session, wanted: Wanted) -> None:
    session.add(
        Meeting(
            id=wanted.id,
            uid=f"{wanted.id}@aantafel.invalid",
            title=wanted.title,
            table_id=f"t-{wanted.municipality}" if wanted.municipality else None,
            level=Level.MUNICIPALITY if wanted.municipality else Level.PROVINCE,
            character=Character.ADVISING,
            municipality_id=wanted.municipality,
            mode=wanted.mode,
            place_id=wanted.place,
            conference_url="https://vergader.example/urgentie"
            if wanted.mode is Mode.ONLINE
            else None,
            topics=[],
            expertise=[],
            seats_min=wanted.seats,
            seats_max=wanted.seats,
            preparation_minutes=60,
            report_minutes=30,
            deputy_wanted=True,
            is_sample=True,
        )
    )
    session.flush()
    session.add(
        Slot(
            meeting_id=wanted.id,
            position=0,
            starts_at=wanted.starts_at,
            ends_at=wanted.starts_at + timedelta(hours=2),
        )
    )
    for organisation, _ in wanted.voices:
        weight = 9699 if (organisation, wanted.municipality) == ("federatie", "GM0114") else 1
        session.add(Interest(meeting_id=wanted.id, organisation_id=organisation, weight=weight))
    session.flush()


def _publish(session: Session, meetings: tuple[Wanted, ...], *, at: datetime) -> None:
    plan = Plan(
        first_day=date(2027, 2, 1),
        last_day=date(2027, 12, 31),
        as_of=_FIRST,
        state=PlanState.DRAFT,
        created_at=at,
        seed=1,
        workers=1,
        time_limit_seconds=1,
    )
    session.add(plan)
    session.flush()
    for wanted in meetings:
        session.add(PlannedMeeting(plan_id=plan.id, meeting_id=wanted.id, slot_position=0))
    session.flush()
    for wanted in meetings:
        _assign(session, plan.id, wanted)
    session.flush()
    publish_plan(session, COORDINATOR, plan.id, at=at, with_past=True)


def _assign(session: Session, plan_id: int, wanted: Wanted) -> None:
    parts = [(person, Part.ATTENDEE) for person in wanted.going]
    if wanted.deputy:
        parts.append((wanted.deputy, Part.DEPUTY))
    online = wanted.mode is Mode.ONLINE
    for person, part in parts:
        near = online or PEOPLE[person][2] == wanted.place
        session.add(
            Assignment(
                plan_id=plan_id,
                meeting_id=wanted.id,
                representative_id=person,
                part=part,
                online=online,
                travel_minutes=0 if near else 31,
            )
        )
    for organisation, speaker in wanted.voices:
        if speaker:
            session.add(
                Voice(
                    plan_id=plan_id,
                    meeting_id=wanted.id,
                    organisation_id=organisation,
                    speaker_id=speaker,
                )
            )


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def templates(originals: Originals) -> Originals:
    """The originals with an empty database and the small province on it."""
    originals.keep("province", build_province, of="empty")
    return originals


@pytest.fixture
def database(originals: Originals) -> Iterator[Database]:
    """An empty database of this version."""
    with originals.copy("empty") as database:
        yield database


@pytest.fixture
def province(templates: Originals) -> Iterator[Database]:
    """The database of the small province."""
    with templates.copy("province") as database:
        yield database


@pytest.fixture(scope="session")
def sample_plan() -> Callable[[Session], int]:
    """Loads Drenthe with its sample year into an empty database, and gives a draft's number.

    The draft is the solver's greedy start, which takes a second instead of minutes.
    """
    return _sample_plan


def _sample_plan(session: Session) -> int:
    facts = read_province(CONFIG / "provinces" / "drenthe")
    load_province(session, SYSTEM, facts, at=YEAR_BEGINS)
    add_sample_year(session, SYSTEM, year=2027, seed=2027, at=YEAR_BEGINS)
    plan = Plan(
        first_day=date(2027, 1, 1),
        last_day=date(2027, 12, 31),
        as_of=YEAR_BEGINS,
        state=PlanState.DRAFT,
        created_at=YEAR_BEGINS,
        seed=1,
        workers=1,
        time_limit_seconds=1,
    )
    session.add(plan)
    session.flush()
    question = build_problem(session, plan, read_policy())
    derived = Derived(question.problem)
    for name, planned in first_plan(derived).items():
        positions = question.slot_positions[name]
        stands = Arrangement(
            slot=None if planned.slot is None else positions[planned.slot],
            attendees=planned.attendees,
            deputy=planned.deputy,
            voices=planned.voices,
            pins={},
            bans=frozenset(),
        )
        write_meeting(session, plan.id, name, stands, derived)
    session.flush()
    return plan.id
