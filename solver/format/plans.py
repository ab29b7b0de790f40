"""The document of a plan. Whether the plan may stand is for `solver.check` to say."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from solver.errors import BadDocument
from solver.format.known import Known
from solver.format.leaves import Reader, choice, decimal, exactly, flag, integer, whole
from solver.format.meetings import baseline_meeting, planned_meeting
from solver.format.names import PLAN
from solver.format.refusal import Finding, fault, refuse
from solver.format.shapes import Demand, array, collect, maybe, record
from solver.format.text import parse
from solver.plan import Plan, Status, TierScore
from solver.problem import PlannedMeeting, Problem, Tier

_DIGEST = re.compile(r"[0-9a-f]{64}")


def read_plan(document: str | bytes, problem: Problem) -> Plan:
    """Read a plan for a problem. It may break rules, and may be made for another document.

    Raises:
        BadDocument: with everything that makes it no plan for this problem: its shape, unknown
            ids, meetings that are missing or stand in it twice, tiers other than the policy's,
            a status or a proof that its own figures contradict.
    """
    value, findings = parse(document)
    if not isinstance(value, dict):
        raise BadDocument((fault(((), "expected an object")),))
    fields, wrong = collect(value, _readers(problem))
    findings += [*wrong, *_contradictions(fields, problem)]
    if findings:
        raise BadDocument(tuple(map(fault, findings)))
    return _plan(fields)


def read_baseline(document: str | bytes, problem: Problem) -> Mapping[str, PlannedMeeting]:
    """The meetings of an earlier plan's document, for a problem to be planned again from.

    Whom and what it names may have gone since (rule book, section 1.4); what else the document says
    of the earlier plan is no matter.

    Raises:
        BadDocument: with everything that makes it no plan's document, or its meetings none that the
            problem could have had: a slot that a meeting hasn't got, one that stands twice.
    """
    value, findings = parse(document)
    if not isinstance(value, dict):
        raise BadDocument((fault(((), "expected an object")),))
    known = Known(slots={name: len(one.slots) for name, one in problem.meetings.items()})
    readers: dict[str, Reader[Any]] = {
        "format": exactly(PLAN),
        "meetings": array(baseline_meeting(known), unique="meeting"),
    }
    fields, wrong = collect({key: value[key] for key in readers if key in value}, readers)
    if findings or wrong:
        raise BadDocument(tuple(map(fault, [*findings, *wrong])))
    return {planned.meeting: planned for planned in fields["meetings"]}


def _readers(problem: Problem) -> dict[str, Reader[Any]]:
    seconds = decimal("a number of seconds ≥ 0", lambda number: number >= 0)
    names = Known(
        organisations=frozenset(problem.organisations),
        representatives=frozenset(problem.representatives),
        meetings=frozenset(problem.meetings),
        slots={},
    )
    return {
        "format": exactly(PLAN),
        "problem": _digest,
        "status": choice(Status),
        "tiers": array(_score),
        "seed": whole(),
        "workers": whole(),
        "time_limit_seconds": seconds,
        "wall_seconds": seconds,
        "meetings": array(planned_meeting(names), unique="meeting"),
    }


def _digest(value: object) -> str:
    if isinstance(value, str) and _DIGEST.fullmatch(value):
        return value
    raise refuse("a sha256 in lower-case hex", value)


def _tier_score(*, name: Tier, value: int, bound: int | None, proven: bool) -> TierScore:
    # `proven` was read to be held against the other two, which say it already.
    del proven
    return TierScore(tier=name, value=value, bound=bound)


_score = record(
    _tier_score,
    {
        "name": choice(Tier),
        "value": integer,
        "bound": maybe(integer),
        "proven": flag,
    },
    Demand(
        ("value", "bound", "proven"),
        lambda value, bound, proven: proven == (value == bound),
        "proven",
        "expected true exactly where the bound is the value",
    ),
)


def _contradictions(fields: dict[str, Any], problem: Problem) -> Iterator[Finding]:
    scores: tuple[TierScore, ...] = fields.get("tiers", ())
    if "tiers" in fields and tuple(score.tier for score in scores) != problem.policy.tiers:
        names = ", ".join(problem.policy.tiers)
        yield ("tiers",), f"expected the policy's tiers in its order: {names}"
    status = Status.OPTIMAL if all(score.proven for score in scores) else Status.FEASIBLE
    if {"tiers", "status"} <= fields.keys() and fields["status"] is not status:
        yield ("status",), f"expected {status}, by the tiers"
    if "meetings" in fields:
        yield from _missing(problem.meetings, {item.meeting for item in fields["meetings"]})


def _missing(wanted: Iterable[str], found: set[str]) -> Iterator[Finding]:
    for meeting in wanted:
        if meeting not in found:
            yield ("meetings",), f"expected meeting {meeting} too"


def _plan(fields: dict[str, Any]) -> Plan:
    parts = {key: item for key, item in fields.items() if key not in {"format", "status"}}
    parts["meetings"] = {planned.meeting: planned for planned in fields["meetings"]}
    return Plan(**parts)
