import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from solver.errors import BadDocument
from solver.format import (
    digest,
    digest_of,
    read_baseline,
    read_plan,
    read_problem,
    validated,
    write_plan,
    write_problem,
)
from solver.problem import Pin, Problem


def test_what_was_read_is_written_as_the_same_document(
    examples: list[str], example_text: Callable[[str], str]
) -> None:
    for name in (*examples, "drenthe-2027"):
        _assert_round_trip(example_text(f"{name}.problem"))


def _assert_round_trip(text: str) -> None:
    problem = read_problem(text)
    assert read_problem(write_problem(problem)) == problem
    assert digest(write_problem(problem)) == digest(text) == problem.digest


def test_a_plan_is_written_as_the_document_it_was(
    example: str, example_text: Callable[[str], str], example_problem: Callable[[str], Problem]
) -> None:
    text, problem = example_text(f"{example}.plan"), example_problem(example)
    plan = read_plan(text, problem)
    assert read_plan(write_plan(plan), problem) == plan
    assert digest(write_plan(plan)) == digest(text)
    assert plan.problem == problem.digest


@pytest.mark.parametrize("seed", range(30))
def test_every_feature_survives_the_round_trip(
    seed: int, tiny_problem: Callable[[int], Problem]
) -> None:
    problem = tiny_problem(seed)
    assert read_problem(write_problem(problem)) == problem


def test_bytes_are_read_as_text_is(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    assert read_problem(text.encode()) == read_problem(text)


class TestDigest:
    def test_it_is_the_sha256_of_the_canonical_form(self) -> None:
        # printf '{"a":[1,"é"],"b":null}' | sha256sum
        wanted = "1e02bc81a26af2f027329541e97eef36f3290bedc6dfe043dbe66b057ecb13ba"
        assert digest('{"b": null, "a": [1, "é"]}') == wanted

    def test_spaces_order_and_escapes_do_not_change_it(self) -> None:
        one = digest('{"b": null, "a": [1, "é"]}')
        assert digest('{"a":[1,"\\u00e9"],\n"b":null}') == one
        assert digest(b'{"a":[1,"\xc3\xa9"],"b":null}') == one

    def test_what_is_left_out_or_added_does(self, document: dict[str, Any]) -> None:
        whole = digest(json.dumps(document))
        del document["pins"]
        assert digest(json.dumps(document)) != whole

    @pytest.mark.parametrize("text", ["", "{", '{"a": 1, "a": 1}', '"\\ud800"', b"\xff"])
    def test_what_is_no_json_has_none(self, text: str | bytes) -> None:
        with pytest.raises(BadDocument):
            digest(text)

    def test_a_read_problem_has_that_of_its_document_as_it_was(
        self, document: dict[str, Any]
    ) -> None:
        del document["pins"]
        text = json.dumps(document, indent=2)
        assert digest_of(read_problem(text)) == digest(text)

    def test_a_problem_built_in_memory_has_that_of_its_written_form(
        self, document: dict[str, Any]
    ) -> None:
        problem = replace(read_problem(json.dumps(document)), name="supposed")
        assert problem.digest == ""
        assert digest_of(problem) == digest(write_problem(problem))

    def test_it_survives_the_way_to_another_process(self, document: dict[str, Any]) -> None:
        problem = read_problem(json.dumps(document))
        copied = pickle.loads(pickle.dumps(problem))
        assert (copied, copied.digest) == (problem, problem.digest)


class TestValidated:
    def test_a_sound_problem_comes_back_with_its_digest(self, document: dict[str, Any]) -> None:
        del document["bans"]
        problem = read_problem(json.dumps(document))
        assert validated(problem) == problem
        assert validated(problem).digest == problem.digest

    def test_a_supposition_is_held_to_the_rule_book_too(self, document: dict[str, Any]) -> None:
        problem = read_problem(json.dumps(document))
        supposed = replace(problem, pins=(Pin(meeting="m-1", representative="r-c"),))
        with pytest.raises(BadDocument, match=r"pins\[0\]: expected no pin that a ban forbids"):
            validated(supposed)

    def test_instants_must_be_aware_and_whole_minutes(self, document: dict[str, Any]) -> None:
        problem = read_problem(json.dumps(document))
        for as_of in (
            datetime(2027, 1, 1, 9, 0),  # noqa: DTZ001 — naive is what is tried
            datetime(2027, 1, 1, 9, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam")),
        ):
            with pytest.raises(BadDocument, match="as_of: expected an instant"):
                validated(replace(problem, as_of=as_of))


class TestBaselineDocuments:
    def test_who_and_what_has_gone_since_may_stand_in_it(
        self, example_text: Callable[[str], str], example_problem: Callable[[str], Problem]
    ) -> None:
        text, problem = example_text("deputy.plan"), example_problem("deputy")
        whole = read_plan(text, problem)
        smaller = problem.replace(
            representatives={}, meetings=dict(list(problem.meetings.items())[:1])
        )
        assert read_baseline(text, smaller) == whole.meetings
        with pytest.raises(BadDocument):
            read_plan(text, smaller)

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            ("[]", ""),
            ("{}", "format"),
            ('{"format": "delegation-plan/1"}', "meetings"),
            ('{"format": "delegation-problem/1", "meetings": []}', "format"),
            ('{"format": "delegation-plan/1", "meetings": [{}]}', "meetings[0].slot"),
            ('{"format": "delegation-plan/1", "meetings": [], "meetings": []}', "meetings"),
        ],
    )
    def test_what_is_no_plan_is_refused(
        self, text: str, path: str, example_problem: Callable[[str], Problem]
    ) -> None:
        with pytest.raises(BadDocument) as refused:
            read_baseline(text, example_problem("deputy"))
        assert path in {fault.path for fault in refused.value.faults}

    def test_a_slot_that_the_meeting_has_not_got_is_refused(
        self, example_text: Callable[[str], str], example_problem: Callable[[str], Problem]
    ) -> None:
        document = json.loads(example_text("deputy.plan"))
        document["meetings"][0]["slot"] = 7
        with pytest.raises(BadDocument, match=r"meetings\[0\]\.slot: expected a slot"):
            read_baseline(json.dumps(document), example_problem("deputy"))


class TestPlanDocuments:
    @pytest.mark.parametrize(
        ("key", "value", "path"),
        [
            ("format", "delegation-plan/2", "format"),
            ("problem", "ABC", "problem"),
            ("status", "optimal", "status"),
            ("seed", -1, "seed"),
            ("workers", 1.0, "workers"),
            ("time_limit_seconds", -0.5, "time_limit_seconds"),
            ("wall_seconds", float("inf"), "wall_seconds"),
            ("tiers", [], "tiers"),
            ("meetings", [], "meetings"),
        ],
    )
    def test_what_is_no_plan_document_is_refused(
        self,
        key: str,
        value: Any,
        path: str,
        example_text: Callable[[str], str],
        example_problem: Callable[[str], Problem],
    ) -> None:
        document = json.loads(example_text("travel.plan")) | {key: value}
        with pytest.raises(BadDocument) as refused:
            read_plan(json.dumps(document), example_problem("travel"))
        assert path in {fault.path for fault in refused.value.faults}

    @pytest.mark.parametrize("text", ["[]", "null", "", b"\xff"])
    def test_what_is_no_object_is_no_plan(
        self, text: str | bytes, example_problem: Callable[[str], Problem]
    ) -> None:
        with pytest.raises(BadDocument, match="document: expected"):
            read_plan(text, example_problem("travel"))

    @pytest.mark.parametrize(
        ("changes", "path"),
        [
            ({"meeting": "m-x"}, "meetings[0].meeting"),
            ({"meeting": "m-2"}, "meetings[1].meeting"),
            ({"attendees": ["r-x"]}, "meetings[0].attendees[0]"),
            ({"deputy": "r-x"}, "meetings[0].deputy"),
            ({"voices": {"o-x": "mevm"}}, "meetings[0].voices.o-x"),
            ({"slot": "0"}, "meetings[0].slot"),
        ],
    )
    def test_what_names_a_stranger_is_refused(
        self,
        changes: dict[str, Any],
        path: str,
        example_text: Callable[[str], str],
        example_problem: Callable[[str], Problem],
    ) -> None:
        document = json.loads(example_text("travel.plan"))
        document["meetings"][0] |= changes
        with pytest.raises(BadDocument) as refused:
            read_plan(json.dumps(document), example_problem("travel"))
        assert path in {fault.path for fault in refused.value.faults}

    def test_a_proof_that_its_bound_contradicts_is_refused(
        self, example_text: Callable[[str], str], example_problem: Callable[[str], Problem]
    ) -> None:
        document = json.loads(example_text("travel.plan"))
        document["tiers"][5]["proven"] = True
        with pytest.raises(BadDocument, match=r"tiers\[5\]\.proven: expected true exactly where"):
            read_plan(json.dumps(document), example_problem("travel"))

    def test_a_plan_that_breaks_rules_is_read_all_the_same(
        self, example_text: Callable[[str], str], example_problem: Callable[[str], Problem]
    ) -> None:
        document = json.loads(example_text("travel.plan"))
        document["meetings"][0] |= {"slot": 7, "attendees": ["r-a", "r-a"]}
        plan = read_plan(json.dumps(document), example_problem("travel"))
        assert plan.meetings["m-1"].attendees == ("r-a", "r-a")
