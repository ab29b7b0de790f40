"""The judge beside a second reading of the rule book that shares no line with it."""

import json
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

import pytest

from solver.derive import Derived
from solver.format import read_problem
from solver.problem import PlannedMeeting, Problem
from solver.search.greedy import first_plan

Book = Callable[[dict[str, Any]], Any]
Plans = Callable[[Problem], Iterator[Mapping[str, PlannedMeeting]]]


def test_the_second_reading_scores_the_worked_examples_as_stated(
    example: str, book: Book, example_text: Callable[[str], str], example_score: Any
) -> None:
    read = book(json.loads(example_text(f"{example}.problem")))
    plan = {
        each["meeting"]: each for each in json.loads(example_text(f"{example}.plan"))["meetings"]
    }
    assert read.judge(plan) == (set(), example_score(example)["tiers"])
    for invalid in example_score(example)["invalid"]:
        found, _ = read.judge({each["meeting"]: each for each in invalid["meetings"]})
        assert found == {
            (each["rule"], each["meeting"], each["representative"])
            for each in invalid["violations"]
        }


@pytest.mark.parametrize("seed", range(150))
def test_both_find_the_same_in_plans_that_are_whole_and_in_broken_ones(
    seed: int, assert_broken_plans_are_read_alike: Callable[[int], None]
) -> None:
    assert_broken_plans_are_read_alike(seed)


def test_both_find_the_same_in_a_whole_year_as_it_falls_apart(
    book: Book, breaking: Any, example_text: Callable[[str], str]
) -> None:
    document = json.loads(example_text("drenthe-2027.problem"))
    problem, read = read_problem(json.dumps(document)), book(document)
    entries = breaking.entries_of(first_plan(Derived(problem)))
    breaking.assert_read_alike(problem, read, entries)
    draw = Random("a year falls apart")
    for _ in range(6):
        for _ in range(60):
            breaking.break_one(draw, document, entries)
        breaking.assert_read_alike(problem, read, entries)


def test_every_rule_is_broken_somewhere_in_these_plans(
    book: Book, breaking: Any, tiny_document: Any, some_plans: Plans
) -> None:
    broken: set[str] = set()
    for seed in range(60):
        document = tiny_document(seed)
        draw = Random(f"broken/{seed}")
        for plan in some_plans(read_problem(json.dumps(document))):
            entries = breaking.entries_of(plan)
            for _ in range(6):
                breaking.break_one(draw, document, entries)
            broken |= {rule for rule, _, _ in book(document).judge(entries)[0]}
    assert broken == {
        *("seats", "standing", "deputy", "one_place", "available"),
        *("limits", "pins", "bans", "voices"),
    }
