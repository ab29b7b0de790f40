from datetime import time
from pathlib import Path

import pytest

from scheduler.domain.faults import BadFile
from scheduler.policy import LiberationDay, PlanningPolicy, Tier, read_policy
from scheduler.settings import CONFIG
from solver import problem

TEXT = (CONFIG / "policy.toml").read_text(encoding="utf-8")


def refused(path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFile) as error:
        read_policy(path)
    return [sentence.nl for sentence in error.value.sentences]


def test_the_policy_that_comes_with_aan_tafel() -> None:
    assert read_policy() == PlanningPolicy(
        tiers=tuple(Tier),
        max_mandates_per_attendee=3,
        hybrid_online_beyond_minutes=45,
        office_weekdays=frozenset({1, 2, 3, 4, 5}),
        office_start=time(9),
        office_end=time(17),
        good_friday=True,
        liberation_day=LiberationDay.LUSTRUM,
    )


def test_the_tiers_are_the_solvers() -> None:
    assert [tier.value for tier in Tier] == [tier.value for tier in problem.Tier]


def test_a_tier_may_be_left_out_and_the_order_is_free(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(TEXT.replace('["presence", "voice", "expertise"', '["voice", "presence"'))
    assert read_policy(path).tiers[:3] == (Tier.VOICE, Tier.PRESENCE, Tier.DEPUTY)


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    text = (
        TEXT.replace('"voice", ', '"voice", "voice", ')
        .replace("max_mandates_per_attendee = 3", 'max_mandates_per_attendee = "many"')
        .replace("hybrid_online_beyond_minutes", "hybrid_beyond")
        .replace("[1, 2, 3, 4, 5]", "[1, 2, 8]")
        .replace('"17:00"', '"24:00"')
        .replace('"lustrum" ', '"soms" ')
    )
    assert refused(tmp_path / "policy.toml", text) == [
        "policy.toml, instelling hybrid_online_beyond_minutes: verwacht: deze instelling.",
        (
            "policy.toml, instelling hybrid_beyond: verwacht: alleen instellingen die bestaan;"
            " deze bestaat niet."
        ),
        (
            "policy.toml, instelling tiers: verwacht: een lijst van ten minste 1, zonder herhaling;"
            " gevonden: 'presence voice voice expertise deputy stability workload sp…'."
        ),
        (
            "policy.toml, instelling max_mandates_per_attendee: verwacht: een geheel getal van 0"
            " tot en"
            " met 1000; gevonden: 'many'."
        ),
        (
            "policy.toml, instelling office_hours.weekdays: verwacht: een geheel getal van 1 tot"
            " en met"
            " 7; gevonden: '1 2 8'."
        ),
        (
            "policy.toml, instelling office_hours.end: verwacht: een tijd zoals 09:00;"
            " gevonden: '24:00'."
        ),
        (
            "policy.toml, instelling closed_days.liberation_day: verwacht: een van: always,"
            " lustrum,"
            " never; gevonden: 'soms'."
        ),
    ]


def test_office_hours_end_after_they_start(tmp_path: Path) -> None:
    text = TEXT.replace('"17:00"', '"09:00"')
    assert refused(tmp_path / "policy.toml", text) == [
        "policy.toml, instelling office_hours.end: verwacht: een tijd na 09:00; gevonden: '09:00'."
    ]


def test_one_value_is_not_a_list(tmp_path: Path) -> None:
    text = TEXT.replace("[1, 2, 3, 4, 5]", "1")
    assert refused(tmp_path / "policy.toml", text) == [
        (
            "policy.toml, instelling office_hours.weekdays: verwacht: een lijst tussen [ en ];"
            " gevonden: '1'."
        )
    ]


def test_a_file_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"policy\.toml: expected a file that can be read"):
        read_policy(tmp_path / "policy.toml")
    (tmp_path / "policy.toml").write_bytes(b"\xff")
    with pytest.raises(BadFile, match=r"policy\.toml: expected text in UTF-8"):
        read_policy(tmp_path / "policy.toml")
