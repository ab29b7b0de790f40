"""Each rule is one file with its name, place, value and sentences, and one with its post."""

import re
from importlib import import_module
from inspect import signature
from pathlib import Path
from types import ModuleType

import pytest

from solver.model import COSTS, HARD_RULES
from solver.problem import HardRule, Tier
from solver.rules import HARD, RULES, SOFT, Hard, Soft

PAGE = Path(__file__).parents[2] / "docs" / "planning.md"

KEPT_BY_ABSENCE = {HardRule.STANDING, HardRule.AVAILABLE, HardRule.BANS}
"""What the model has no variable for, it need not forbid."""

FILES: dict[Hard | Soft, str] = {
    rule: "standby" if rule.name is HardRule.DEPUTY else str(rule.name) for rule in RULES
}
"""The tier `deputy` and the hard rule `deputy` are two; all others are called as in the book."""


def _stated(rule: Hard | Soft) -> ModuleType:
    return import_module(f"solver.rules.{FILES[rule]}")


def _modelled(name: str) -> ModuleType:
    return import_module(f"solver.model.{name}")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.place)
def test_a_rule_stands_in_a_file_of_its_own_with_what_it_means(rule: Hard | Soft) -> None:
    module = _stated(rule)
    found = [value for value in vars(module).values() if isinstance(value, Hard | Soft)]
    assert found == [rule]
    assert module.__doc__


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.place)
def test_a_rule_says_what_it_wants_in_two_languages(rule: Hard | Soft) -> None:
    assert re.fullmatch(r"[A-Z].+\.", rule.sentence.nl)
    assert re.fullmatch(r"[A-Z].+\.", rule.sentence.en)
    assert rule.sentence.nl != rule.sentence.en


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.place)
def test_a_rule_s_place_in_the_rule_book_is_where_the_page_states_it(rule: Hard | Soft) -> None:
    section, name = rule.place.split(", ")
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(f"\n## {section}. ")
    stated, _, _ = rest.partition("\n## ")
    assert f"| `{name}` |" in stated


def test_the_page_states_no_rule_that_has_no_file() -> None:
    page = PAGE.read_text(encoding="utf-8")
    hard, soft = page.partition("\n## 4. ")[2].split("\n## 5. ")
    assert re.findall(r"^\| `(\w+)` \|", hard, re.MULTILINE) == [rule.name for rule in HARD]
    assert re.findall(r"^\| `(\w+)` \|", soft, re.MULTILINE) == [rule.name for rule in SOFT]


@pytest.mark.parametrize("rule", HARD, ids=lambda rule: rule.place)
def test_a_hard_rule_is_posted_by_the_file_of_its_name(rule: Hard) -> None:
    if rule.name in KEPT_BY_ABSENCE:
        with pytest.raises(ModuleNotFoundError):
            _modelled(rule.name)
    else:
        assert _modelled(rule.name).post in HARD_RULES


@pytest.mark.parametrize("rule", SOFT, ids=lambda rule: rule.place)
def test_a_tier_is_counted_by_the_file_of_its_name(rule: Soft) -> None:
    assert COSTS[rule.name] is _modelled(rule.name).cost
    assert list(signature(COSTS[rule.name]).parameters) == ["variables"]


def test_nothing_is_modelled_that_is_no_rule() -> None:
    assert len(HARD_RULES) == len(HardRule) - len(KEPT_BY_ABSENCE)
    assert set(COSTS) == set(Tier)


def test_what_judges_a_plan_shares_nothing_with_what_models_it() -> None:
    folder = Path(import_module("solver.rules").__file__ or "").parent
    for file in folder.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "solver.model" not in text
        assert "solver.variables" not in text
        assert "solver.search" not in text
        assert "ortools" not in text
