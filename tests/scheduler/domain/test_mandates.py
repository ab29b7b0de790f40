"""How long a mandate holds and what it covers, for any days and scopes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.mandates import Scope, Term
from scheduler.domain.terms import Level, MandateStanding, MandateState

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
SOME = st.none() | st.frozensets(st.sampled_from("abc"))
LEVELS = st.none() | st.frozensets(st.sampled_from(Level))
SCOPES = st.builds(Scope, municipalities=SOME, topics=SOME, levels=LEVELS)


@given(first=DAYS, last=DAYS, stops=st.none() | DAYS, ends=st.none() | DAYS, day=DAYS)
def test_a_withdrawn_mandate_never_counts_after_its_end(
    first: date, last: date, stops: date | None, ends: date | None, day: date
) -> None:
    term = Term(first_day=first, last_day=last, stops_on=stops, parties_end=ends)
    if term.holds_on(day):
        assert first <= day <= last
        assert stops is None or day < stops
        assert ends is None or day <= ends
        assert term.standing(day) is MandateStanding.IN_FORCE


@given(state=st.sampled_from([MandateState.PROPOSED, MandateState.REFUSED]), first=DAYS, day=DAYS)
def test_what_isnt_agreed_never_counts(state: MandateState, first: date, day: date) -> None:
    term = Term(first_day=first, last_day=first + timedelta(days=365), state=state)
    assert not term.holds_on(day)


@given(
    one=SCOPES, other=SCOPES, level=st.sampled_from(Level), town=st.none() | st.sampled_from("abc")
)
def test_two_that_cover_the_same_meeting_meet(
    one: Scope, other: Scope, level: Level, town: str | None
) -> None:
    topics = {"a"}
    if one.covers(level, town, topics) and other.covers(level, town, topics):
        assert one.meets(other)
    assert one.meets(other) == other.meets(one)


def test_a_meeting_without_a_municipality_matches_only_everywhere() -> None:
    assert Scope().covers(Level.PROVINCE, None, ())
    assert not Scope(municipalities=frozenset({"a"})).covers(Level.PROVINCE, None, ())
    assert not Scope(topics=frozenset({"a"})).covers(Level.PROVINCE, None, ())


def test_it_stands_as_its_days_say() -> None:
    term = Term(first_day=date(2027, 2, 1), last_day=date(2027, 3, 1))
    assert term.standing(date(2027, 1, 31)) is MandateStanding.TO_COME
    assert term.standing(date(2027, 3, 2)) is MandateStanding.ENDED
    stopped = Term(
        first_day=date(2027, 2, 1), last_day=date(2027, 3, 1), stops_on=date(2027, 2, 15)
    )
    assert stopped.standing(date(2027, 2, 15)) is MandateStanding.WITHDRAWN
    assert stopped.holds_on(date(2027, 2, 14))
