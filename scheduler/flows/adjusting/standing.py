"""Where things stand: the draft, or else the publication, laid out for questions and changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import RLock
from typing import Any, TypeVar

from cachetools import LRUCache

from scheduler.db.views import Attendance, MeetingFilter, MeetingView, Named
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import ChangeKind
from scheduler.domain.times import local_day
from scheduler.flows.adjusting.errors import said
from scheduler.flows.problem_builder import Question
from solver.check import Judgement, Violation, check
from solver.position import Position
from solver.problem import HardRule, PlannedMeeting

Answer = TypeVar("Answer")

VIOLATIONS = "violations"
ANSWERS_KEPT = 256
"""How many answers are remembered of one standing."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one rule says already of one meeting and person, before anything is changed."""

    rule: HardRule
    meeting: str | None
    representative: str | None

    def as_json(self) -> list[str | None]:
        """As it is kept in a step."""
        return [self.rule.value, self.meeting, self.representative]

    @classmethod
    def from_json(cls, kept: Sequence[str | None]) -> "Known":
        """Back from what a step keeps."""
        rule, meeting, representative = kept
        return cls(HardRule(rule or ""), meeting, representative)


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule that a plan breaks, with the facts."""

    known: Known
    meeting: str | None
    sentence: Sentence

    @property
    def speaks_of_voices(self) -> bool:
        """Whether it is about who speaks for whom."""
        return self.known.rule is HardRule.VOICES


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The plan that a coordinator looks at, and everything that was worked out about it so far.

    Attributes:
        plan_id: the draft; None where it is the publication in force.
        version: the draft's version, with or without a draft.
        as_of: what began at or before it is past.
        question: the problem, as the rows gave it.
        below: what is published, for every meeting of the problem.
        views: every meeting as a page shows it, by its start.
        tables: the table (overlegtafel) of each meeting.
        regions: the region of each municipality.
        new: what a draft changes, by meeting.
    """

    plan_id: int | None
    version: int
    as_of: datetime
    question: Question
    position: Position
    below: Mapping[str, PlannedMeeting]
    views: tuple[MeetingView, ...]
    new: Mapping[str, frozenset[ChangeKind]]
    tables: Mapping[str, str | None]
    regions: Mapping[str, str]
    _lock: RLock = field(default_factory=RLock)
    _answers: LRUCache[Any, Any] = field(default_factory=lambda: LRUCache(ANSWERS_KEPT))

    def with_question(self, question: Question, position: Position) -> "Standing":
        """The same plan beside another question; nothing that was found out is taken along."""
        return replace(
            self,
            question=question,
            position=position,
            _lock=RLock(),
            _answers=LRUCache(ANSWERS_KEPT),
        )

    def is_open(self, meeting_id: str) -> bool:
        """Whether a meeting can still be changed: it is ahead, and goes on."""
        ahead = meeting_id in self.question.problem.meetings
        return ahead and meeting_id not in self.question.held

    def below_is_unknown(self, meeting_id: str) -> bool:
        """Whether no publication knows a meeting yet."""
        return ChangeKind.ADDED in self.new.get(meeting_id, frozenset())

    def planned(self, meeting_id: str) -> PlannedMeeting:
        """How a meeting stands."""
        return self.position.planned[meeting_id]

    def view(self, meeting_id: str) -> MeetingView | None:
        """One meeting as a page shows it."""
        return next((each for each in self.views if each.id == meeting_id), None)

    def label(self, representative_id: str) -> str:
        """How a representative is called; the identifier of who isn't known any more."""
        person = self.question.problem.representatives.get(representative_id)
        return person.name if person else representative_id

    def kept_away(self, meeting_id: str) -> tuple[Named, ...]:
        """Whom the coordinator ruled out for a meeting, by name."""
        bans = self.question.problem.bans
        banned = {
            ban.representative
            for ban in bans
            if ban.meeting == meeting_id and (meeting_id, ban.representative) not in self._barred
        }
        return self._by_name(banned - self._who_declined(meeting_id))

    @property
    def _barred(self) -> Mapping[tuple[str, str], Sentence]:
        return self.question.barred

    def said_no(self, meeting_id: str) -> tuple[Named, ...]:
        """Who said no to a meeting, by name; whether or not they are still planned there."""
        return self._by_name(self._who_declined(meeting_id))

    @property
    def open_noes(self) -> frozenset[str]:
        """The meetings at which somebody is planned who said no to it."""
        asked = {meeting for meeting, _ in self.question.declined}
        views = (view for view in self.views if view.id in asked)
        return frozenset(view.id for view in views if self.has_open_no(view))

    def has_open_no(self, view: MeetingView) -> bool:
        """Whether somebody is planned at a meeting who said no to it."""
        planned = {
            each.representative_id for each in (*view.attendees, *filter(None, [view.deputy]))
        }
        return not planned.isdisjoint(self._who_declined(view.id))

    def comes_from_a_no(self, broken: Broken) -> bool:
        """Whether a rule is broken only because somebody said no to where they are planned."""
        where_and_who = (broken.known.meeting or "", broken.known.representative or "")
        return broken.known.rule is HardRule.BANS and where_and_who in self.question.declined

    def _who_declined(self, meeting_id: str) -> frozenset[str]:
        return frozenset(who for meeting, who in self.question.declined if meeting == meeting_id)

    def _by_name(self, people: Iterable[str]) -> tuple[Named, ...]:
        found = [Named(name, self.label(name)) for name in people]
        return tuple(sorted(found, key=lambda each: each.name))

    def fitting(self, wanted: MeetingFilter) -> tuple[MeetingView, ...]:
        """The meetings that fit the filter, by their start."""
        found = self.views
        for fits in self._demands(wanted):
            found = tuple(view for view in found if fits(view))
        return found

    def _demands(self, wanted: MeetingFilter) -> Iterator[Callable[[MeetingView], bool]]:
        """What is asked of a meeting; only what is asked, for there are many meetings."""
        first, last = wanted.first_day, wanted.last_day
        if first is not None:
            yield lambda view: local_day(view.starts_at) >= first
        if last is not None:
            yield lambda view: local_day(view.starts_at) <= last
        if wanted.municipality is not None:
            yield lambda view: _town(view) == wanted.municipality
        if wanted.region is not None:
            yield lambda view: self.regions.get(_town(view) or "") == wanted.region
        if wanted.table is not None:
            yield lambda view: self.tables.get(view.id) == wanted.table
        if wanted.level is not None:
            yield lambda view: view.level == wanted.level
        if wanted.organisation is not None:
            yield lambda view: wanted.organisation in _concerned(view)
        if wanted.representative is not None:
            yield lambda view: any(
                each.representative_id == wanted.representative for each in _coming(view)
            )
        if wanted.gaps_only:
            yield lambda view: view.has_gap or self.has_open_no(view)

    @contextmanager
    def asking(self) -> Iterator[Position]:
        """The position, for one at a time: it supposes changes while it reckons."""
        with self._lock:
            yield self.position

    def answer(self, key: object, find: Callable[[Position], Answer]) -> Answer:
        """What was found out before, or is found out now. The key tells the questions apart."""
        with self._lock:
            if key not in self._answers:
                self._answers[key] = find(self.position)
            answer: Answer = self._answers[key]
            return answer

    def found(self, key: object) -> Any:
        """What was found out before under a key, or None."""
        with self._lock:
            return self._answers.get(key)

    @property
    def violations(self) -> tuple[Broken, ...]:
        """Which rules the plan breaks as it stands: the world may have moved on under it."""
        return self.answer(
            VIOLATIONS,
            lambda position: told(check(self.question.problem, position.planned), self.question),
        )

    @property
    def broken(self) -> frozenset[Known]:
        """The same, by rule, meeting and person."""
        return frozenset(each.known for each in self.violations)


def told(judgement: Judgement, question: Question) -> tuple[Broken, ...]:
    """What a judgement holds against a plan, in our words."""
    return tuple(
        Broken(known(each), each.meeting, in_words(each, question)) for each in judgement.violations
    )


def in_words(violation: Violation, question: Question) -> Sentence:
    """The facts of a broken rule; a ban that comes from somebody's own no says so."""
    meeting, person = violation.meeting or "", violation.representative or ""
    if violation.rule is HardRule.BANS and (why := question.barred.get((meeting, person))):
        name = question.problem.representatives[person].name
        return Sentence(f"{name}: {why.nl}", f"{name}: {why.en}")
    if violation.rule is not HardRule.BANS or (meeting, person) not in question.declined:
        return said(violation.sentence)
    name = question.problem.representatives[person].name
    title = question.problem.meetings[meeting].title
    return Sentence(
        f"{name} zei nee op de uitnodiging voor {title}.",
        f"{name} said no to the invitation to {title}.",
    )


def known(violation: Violation) -> Known:
    """Which rule it is, where and with whom, whatever the facts."""
    return Known(violation.rule, violation.meeting, violation.representative)


def _town(view: MeetingView) -> str | None:
    return view.municipality.id if view.municipality else None


def _coming(view: MeetingView) -> tuple[Attendance, ...]:
    """Who attends, and who stands by."""
    return view.attendees if view.deputy is None else (*view.attendees, view.deputy)


def _concerned(view: MeetingView) -> frozenset[str]:
    """The organisations that come, and those that are to be heard."""
    coming = (each.organisation.id for each in _coming(view))
    return frozenset((*coming, *(voice.organisation.id for voice in view.voices)))
