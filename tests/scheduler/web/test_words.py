"""Dates, times and numbers in words."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.terms import ChangeKind, Character, Level
from scheduler.web.languages import Language
from scheduler.web.words.terms import Words

TODAY = date(2027, 3, 2)
NL = Words(Language.DUTCH, TODAY)
EN = Words(Language.ENGLISH, TODAY)
SUMMER = datetime(2027, 6, 1, 11, 30, tzinfo=UTC)
WINTER = datetime(2027, 1, 31, 23, 30, tzinfo=UTC)


def test_a_time_is_that_on_the_wall_in_summer_and_winter() -> None:
    assert NL.span(SUMMER, SUMMER.replace(hour=13)) == "13.30 tot 15.30 uur"
    assert EN.clock(SUMMER) == "13:30"
    assert NL.clock(WINTER) == "00.30"


def test_a_day_is_the_local_one() -> None:
    assert NL.day(WINTER) == "maandag 1 februari"
    assert NL.iso(WINTER) == "2027-02-01"
    assert NL.day_number(WINTER) == 1


def test_the_year_is_named_only_where_it_isnt_obvious() -> None:
    assert NL.on(date(2027, 3, 18)) == "18 maart"
    assert NL.on(date(2028, 3, 18)) == "18 maart 2028"
    assert NL.on(date(2027, 3, 18), year=True) == "18 maart 2027"
    assert EN.day(date(2027, 3, 18)) == "Thursday 18 March"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (1, "gisteren"),
        (2, "vandaag"),
        (3, "morgen"),
        (11, "over 9 dagen"),
    ],
)
def test_how_far_off_a_day_is(day: int, words: str) -> None:
    assert NL.away(date(2027, 3, day)) == words


def test_what_is_past_is_ago() -> None:
    assert NL.away(date(2027, 2, 20)) == "10 dagen geleden"
    assert EN.away(date(2027, 2, 20)) == "10 days ago"


def test_numbers_are_written_as_in_the_language() -> None:
    assert (NL.number(9699), EN.number(9699)) == ("9.699", "9,699")
    assert (NL.hours(2310), EN.hours(2310)) == ("38,5", "38.5")


def test_small_counts_are_letters() -> None:
    assert [NL.count(n) for n in (0, 1, 12, 13)] == ["geen", "één", "twaalf", "13"]
    assert EN.count(3) == "three"


def test_names_are_joined_as_speech_does() -> None:
    assert NL.names([]) == ""
    assert NL.names(["A"]) == "A"
    assert NL.names(["A", "B", "C"]) == "A, B en C"
    assert EN.names(["A", "B"]) == "A and B"


def test_a_week_may_span_two_months() -> None:
    assert NL.week(date(2027, 3, 18)) == "Week 11, 15 tot en met 21 maart"
    assert NL.week(date(2027, 4, 1)) == "Week 13, 29 maart tot en met 4 april"


def test_a_span_within_one_month_is_that_month() -> None:
    assert NL.between("maart 2027", "maart 2027") == "Maart 2027"
    assert EN.between("March", "April 2027") == "March to April 2027"


def test_every_term_has_a_word_in_both_languages() -> None:
    for member in (*Level, *Character, *ChangeKind):
        assert NL.term(member)
        assert EN.term(member)


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)))  # noqa: DTZ001 - Hypothesis wants naive bounds
def test_a_week_always_holds_its_own_day(moment: datetime) -> None:
    day = moment.date()
    number = str(day.isocalendar().week)
    assert NL.week(day).startswith(f"Week {number},")
