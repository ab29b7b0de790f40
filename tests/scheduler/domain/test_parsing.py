from datetime import date, time
from typing import Any

import pytest

from scheduler.domain import parsing
from scheduler.domain.parsing import Reader, Several, Unfit
from scheduler.domain.seasons import Season, month_day
from scheduler.domain.terms import Mode


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (parsing.any_text, "", ""),
        (parsing.some_text, "Één", "Één"),
        (parsing.identifier, "domesta-hoogeveen", "domesta-hoogeveen"),
        (parsing.whole(-1, 3), "-1", -1),
        (parsing.whole(-1, 3), "3", 3),
        (parsing.decimal(0, 1), "0.5", 0.5),
        (parsing.above_zero, "0.001", 0.001),
        (parsing.yes_or_no, "yes", True),
        (parsing.yes_or_no, "false", False),
        (parsing.one_of(Mode), "hybrid", Mode.HYBRID),
        (parsing.clock, "23:59", time(23, 59)),
        (parsing.day, "2028-02-29", date(2028, 2, 29)),
        (parsing.optional(parsing.day), "", None),
        (Several(parsing.identifier), "b a", ("b", "a")),
        (Several(parsing.identifier, least=0), "", ()),
        (Several(parsing.whole(1, 7), into=frozenset), "1 2", frozenset({1, 2})),
        (month_day, "12-31", (12, 31)),
        (Season.read, "12-01/12-14", Season((12, 1), (12, 14))),
    ],
)
def test_a_fitting_text_is_read(reader: Reader[Any], text: str, value: object) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(
    ("reader", "text"),
    [
        (parsing.any_text, "a\x00b"),
        (parsing.some_text, ""),
        (parsing.identifier, "a--b"),
        (parsing.identifier, "één"),
        (parsing.whole(-1, 3), "4"),
        (parsing.whole(-1, 3), "1.0"),
        (parsing.whole(0, 9), "٣"),  # a digit to Python, but not to a spreadsheet
        (parsing.decimal(0, 1), "1,5"),
        (parsing.decimal(0, 1), "nan"),
        (parsing.above_zero, "0"),
        (parsing.yes_or_no, "ja"),
        (parsing.one_of(Mode), "HYBRID"),
        (parsing.zone, "Europe"),
        (parsing.zone, ""),
        (parsing.clock, "24:00"),
        (parsing.clock, "9:00"),
        (parsing.day, "2027-02-29"),
        (parsing.day, "20270201"),
        (Several(parsing.identifier), ""),
        (Several(parsing.identifier), "a a"),
        (month_day, "7-1"),
        (month_day, "02-29"),
        (Season.read, "12-01"),
        (Season.read, "12-02/12-01"),
    ],
)
def test_any_other_text_is_refused_in_two_languages(reader: Reader[Any], text: str) -> None:
    with pytest.raises(Unfit) as unfit:
        reader(text)
    assert unfit.value.expected.nl
    assert unfit.value.expected.en


def test_a_season_is_written_as_it_is_read_and_includes_both_ends() -> None:
    season = Season.read("02-27/03-01")
    assert str(season) == "02-27/03-01"
    assert [day.day for day in season.days(2027)] == [27, 28, 1]
    assert [day.day for day in season.days(2028)] == [27, 28, 29, 1]
