"""Plans as the entries of their documents, and what a careless hand does to them."""

from collections.abc import Mapping
from random import Random
from typing import Any

from solver.check import check
from solver.problem import PlannedMeeting, Problem

Entries = dict[str, dict[str, Any]]


def entries_of(plan: Mapping[str, PlannedMeeting]) -> Entries:
    return {name: _entry(planned) for name, planned in plan.items()}


def _entry(planned: PlannedMeeting) -> dict[str, Any]:
    return {
        "meeting": planned.meeting,
        "slot": planned.slot,
        "attendees": list(planned.attendees),
        "deputy": planned.deputy,
        "voices": dict(planned.voices),
    }


def plan_of(entries: Entries) -> dict[str, PlannedMeeting]:
    return {
        name: PlannedMeeting(**{**entry, "attendees": tuple(entry["attendees"])})
        for name, entry in entries.items()
    }


def assert_read_alike(problem: Problem, book: Any, entries: Entries) -> None:
    """The same violations; and where everybody has one place in one slot, the same values."""
    judgement = check(problem, plan_of(entries))
    findings, values = book.judge(entries)
    found = {(str(v.rule), v.meeting, v.representative) for v in judgement.violations}
    assert found == findings
    assert len(judgement.violations) == len(found)
    if not any(rule == "seats" for rule, _, _ in found):
        assert {str(tier): value for tier, value in judgement.all_tiers.items()} == values


def break_one(draw: Random, document: dict[str, Any], entries: Entries) -> None:
    """Do something to one meeting of a plan that a careless hand could do."""
    people = [one["id"] for one in document["representatives"]]
    organisations = [one["id"] for one in document["organisations"]]
    meeting = draw.choice(document["meetings"])
    entry = entries[meeting["id"]]
    slots = [*range(len(meeting["slots"])), *range(len(meeting["slots"])), len(meeting["slots"])]
    match draw.choice(("slot", "add", "add", "remove", "deputy", "deputy", "heard", "empty")):
        case "slot":
            entry["slot"] = draw.choice((None, *slots, *slots))
        case "add":
            entry["attendees"].append(draw.choice(people))
            if entry["slot"] is None:
                entry["slot"] = draw.choice(slots)
        case "remove" if entry["attendees"]:
            entry["attendees"].remove(draw.choice(entry["attendees"]))
        case "deputy":
            entry["deputy"] = draw.choice((None, *people, *people))
        case "heard":
            entry["voices"][draw.choice(organisations)] = draw.choice(organisations)
        case _:
            entry.update(slot=None, attendees=[], deputy=None, voices={})
