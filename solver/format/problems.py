"""The document of a whole problem: read, refused with everything wrong in it, or validated."""

from collections.abc import Iterator, Mapping
from typing import Any

from solver.errors import BadDocument
from solver.format import clock, frame, meetings, people
from solver.format.known import Known, known_in
from solver.format.leaves import Reader, exactly, text
from solver.format.names import PROBLEM
from solver.format.pins import one_place_findings, pin_findings
from solver.format.refusal import Finding, fault
from solver.format.shapes import array, collect, maybe, numbered
from solver.format.text import digest_of_value, parse
from solver.format.writing import write_problem
from solver.problem import Problem

_OPTIONAL = frozenset({"as_of", "pins", "bans", "baseline"})
_NEEDED = frozenset(
    {"name", "timezone", "horizon", "office_hours", "travel", "organisations"}
    | {"representatives", "meetings", "mandates", "regions", "places", "policy"}
)
_KEYED = ("regions", "places", "organisations", "representatives", "meetings")


def read_problem(document: str | bytes) -> Problem:
    """Read a problem document; its digest goes with the problem.

    Raises:
        BadDocument: with every fault that makes the rule book refuse it (sections 1, 2 and 4).
    """
    value, findings = parse(document)
    if not isinstance(value, dict):
        raise BadDocument((fault(((), "expected an object")),))
    fields, wrong = collect(value, _readers(known_in(value)), optional=_OPTIONAL)
    findings += [*wrong, *_pins(fields, {str(path[0]) for path, _ in wrong})]
    if findings:
        raise BadDocument(tuple(map(fault, findings)))
    return _problem(fields).read_as(digest_of_value(value))


def validated(problem: Problem) -> Problem:
    """The same problem, as if it had been read from its document; keeps a digest that it has.

    Raises:
        BadDocument: the rule book refuses it.
    """
    read = read_problem(write_problem(problem))
    return read.read_as(problem.digest or read.digest)


def _readers(names: Known) -> dict[str, Reader[Any]]:
    return {
        "format": exactly(PROBLEM),
        "name": text,
        "timezone": clock.zone,
        "horizon": frame.horizon,
        "as_of": clock.reckonable_instant,
        "office_hours": frame.office_hours,
        "regions": array(frame.region, unique="id"),
        "places": array(frame.place, unique="id"),
        "travel": frame.travel(names),
        "organisations": array(people.organisation(names), unique="id"),
        "representatives": array(people.representative(names), unique="id"),
        "mandates": array(people.mandate(names), unique="id"),
        "meetings": array(meetings.meeting(names), unique="id"),
        "pins": numbered(meetings.pin(names)),
        "bans": array(meetings.ban(names)),
        "baseline": maybe(array(meetings.baseline_meeting(names), unique="meeting")),
        "policy": frame.policy,
    }


def _pins(fields: Mapping[str, Any], wrong: set[str]) -> Iterator[Finding]:
    """What is wrong with the pins, as far as the rest of the document lets it be told."""
    pins = fields.get("pins", ())
    sound = {meeting.id: meeting for meeting in fields.get("meetings", ())}
    yield from pin_findings(pins, fields.get("bans", ()), sound)
    if "places" in wrong or not fields.keys() >= _NEEDED:
        return
    people = {representative.id for representative in fields["representatives"]}
    settled = [pin for pin in pins if pin[1].meeting in sound and pin[1].representative in people]
    yield from one_place_findings(_problem({**fields, "pins": settled}), settled)


def _problem(fields: Mapping[str, Any]) -> Problem:
    parts = {key: fields[key] for key in fields if key != "format"}
    parts |= {key: {item.id: item for item in fields[key]} for key in _KEYED}
    parts["pins"] = tuple(pin for _, pin in fields.get("pins", ()))
    if fields.get("baseline") is not None:
        parts["baseline"] = {planned.meeting: planned for planned in fields["baseline"]}
    parts.setdefault("as_of", clock.midnight(fields["horizon"].first_day, fields["timezone"]))
    return Problem(**parts)
