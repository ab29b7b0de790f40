"""What a demo shows beside mandates in force: one that ends soon, one that waits, a choice."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from scheduler.db.tables import (
    Mandate,
    MandateEvent,
    MandateMunicipality,
    ParticipationChoice,
)
from scheduler.domain.access import Actor
from scheduler.domain.terms import (
    Level,
    MandateAct,
    MandatePower,
    MandateState,
    Participation,
    Role,
)
from scheduler.domain.times import local
from scheduler.flows.province.sample.mandates import at_municipalities
from scheduler.flows.province.stakes import read_stakes

_LONG, _SOON = timedelta(days=340), timedelta(days=20)


def add_sample_mandates(session: Session, actor: Actor, *, at: datetime) -> int:
    """Add what the demo shows of the register, seen from an instant; gives how many mandates.

    Raises:
        NotAllowed: the actor doesn't plan for all.
    """
    actor.must_plan_for_all()
    if session.get(Mandate, "md-loopt-af"):
        return 0
    givers = set(session.exec(select(Mandate.giver_id)))
    promises = at_municipalities(read_stakes(session))
    free = [each for each in promises if each.giver not in givers] or promises
    if not free:
        return 0
    today = local(at).date()
    soon = _mandate("md-loopt-af", free[0].giver, free[0].holder, today - _LONG, today + _SOON)
    soon.power, soon.limits = MandatePower.LISTENS, "Alleen luisteren"
    wanted = _mandate("md-voorstel", free[-1].giver, free[-1].holder, today + _SOON, today + _LONG)
    wanted.state, wanted.power = MandateState.PROPOSED, MandatePower.PASSES_ON
    wanted.ask_each_time = True
    session.add_all([soon, wanted])
    session.flush()
    session.add_all(
        MandateMunicipality(mandate_id=row.id, municipality_id=each.municipality or "")
        for row, each in ((soon, free[0]), (wanted, free[-1]))
    )
    session.add_all([*_events(soon, at), *_events(wanted, at)])
    session.add(_choice(free[-1].giver, today, at))
    session.flush()
    return 2


def _mandate(identifier: str, giver: str, holder: str, first_day: date, last_day: date) -> Mandate:
    return Mandate(
        id=identifier,
        giver_id=giver,
        holder_id=holder,
        everywhere=False,
        levels=[Level.MUNICIPALITY.value],
        first_day=first_day,
        last_day=last_day,
        is_sample=True,
    )


def _events(row: Mandate, at: datetime) -> list[MandateEvent]:
    acts = [MandateAct.PROPOSED]
    if row.state is MandateState.AGREED:
        acts.append(MandateAct.RECORDED)
    return [
        MandateEvent(
            mandate_id=row.id, at=at, act=act, role=Role.COORDINATOR, from_day=row.first_day
        )
        for act in acts
    ]


def _choice(organisation: str, today: date, at: datetime) -> ParticipationChoice:
    return ParticipationChoice(
        id="pc-voorbeeld",
        organisation_id=organisation,
        level=Level.CORPORATION,
        choice=Participation.SELF,
        reason="Met onze corporatie praten wij zelf",
        first_day=today,
        ask_on=today + timedelta(days=365),
        role=Role.COORDINATOR,
        chosen_at=at,
        is_sample=True,
    )
