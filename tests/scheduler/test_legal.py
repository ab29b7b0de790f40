from datetime import date
from pathlib import Path

import pytest

from scheduler.domain.faults import BadFile
from scheduler.legal import Measure, read_legal
from scheduler.settings import CONFIG

TEXT = (CONFIG / "legal.toml").read_text(encoding="utf-8")


def refused(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as error:
        read_legal(path)
    return [sentence.nl for sentence in error.value.sentences]


def test_the_legal_year_of_the_report() -> None:
    clocks = {clock.id: clock for clock in read_legal()}
    assert clocks["bod"].month_day == (7, 1)
    assert clocks["prestatieafspraken"].month_day == (12, 15)
    assert (clocks["advies"].measure, clocks["advies"].days) == (Measure.AT_LEAST_DAYS, 42)
    assert (clocks["antwoord"].measure, clocks["antwoord"].days) == (Measure.AT_MOST_DAYS, 14)
    assert clocks["huurdersvergadering"].times == 1
    assert all(clock.law and clock.article and clock.sentence.nl for clock in clocks.values())


def test_an_entry_holds_from_its_first_up_to_and_including_its_last_day(tmp_path: Path) -> None:
    path = tmp_path / "legal.toml"
    one = TEXT[: TEXT.index("[[clock]]", TEXT.index("[[clock]]") + 1)]
    path.write_text(one + 'valid_until = "2026-06-30"\n', encoding="utf-8")
    (clock,) = read_legal(path)
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [clock.holds_on(day) for day in days] == [False, True, True, False]


def test_a_changed_law_is_a_second_entry_that_follows_the_first(tmp_path: Path) -> None:
    path = tmp_path / "legal.toml"
    first = TEXT.replace("days = 42", 'days = 42\nvalid_until = "2026-12-31"')
    again = TEXT[TEXT.index('[[clock]]\nid = "advies"') : TEXT.index('[[clock]]\nid = "antwoord"')]
    path.write_text(first + again.replace("2025-01-01", "2027-01-01"), encoding="utf-8")
    assert [clock.days for clock in read_legal(path) if clock.id == "advies"] == [42, 42]
    assert refused(path, first + again.replace("2025-01-01", "2026-12-31")) == [
        (
            "legal.toml, instelling valid_from: verwacht: per dag één advies; twee vallen samen;"
            " gevonden: '2025-01-01, 2026-12-31'."
        )
    ]


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    text = (
        TEXT.replace('month_day = "07-01"', "days = 3")
        .replace('"12-15"', '"12-32"')
        .replace('article = "252"\n', "")
        .replace("days = 14", "days = 0")
        .replace("times = 1", 'times = 1\nvalid_until = "2024-12-31"')
    )
    assert refused(tmp_path / "legal.toml", text) == [
        (
            "legal.toml, instelling clock[1].month_day: verwacht: een waarde, want de maat is"
            " before;"
            " gevonden: ''."
        ),
        (
            "legal.toml, instelling clock[1].days: verwacht: niets, want de maat is before;"
            " gevonden: '3'."
        ),
        (
            "legal.toml, instelling clock[2].month_day: verwacht: een dag in elk jaar zoals 07-01"
            " (maand-dag); gevonden: '12-32'."
        ),
        "legal.toml, instelling clock[3].article: verwacht: deze instelling.",
        (
            "legal.toml, instelling clock[5].days: verwacht: een geheel getal van 1 tot en met"
            " 3660;"
            " gevonden: '0'."
        ),
        (
            "legal.toml, instelling clock[6].valid_until: verwacht: niet eerder dan 2025-01-01;"
            " gevonden: '2024-12-31'."
        ),
    ]


@pytest.mark.parametrize("text", ["", "clock = 1\n", "clock = [1]\n", "[[clok]]\nid = 'x'\n"])
def test_a_file_without_blocks_is_refused(tmp_path: Path, text: str) -> None:
    (sentence,) = refused(tmp_path / "legal.toml", text)
    assert sentence.startswith("legal.toml: verwacht: alleen blokken [[clock]]")
