"""The form of a report-back as it was typed, and what is wrong in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.db.report_views import ReportView
from scheduler.db.views import AgendaItemView, Named
from scheduler.domain.errors import Sentence
from scheduler.domain.terms import Carried, Outcome
from scheduler.flows.requests.request_reading import FieldFault

MOST_ITEMS, MOST_ACTIONS = 20, 6
_LONGEST, _LINE = 4_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedAction:
    """Who does what, and by which day, as typed."""

    what: str = ""
    due: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.what or self.due)

    @property
    def due_on(self) -> date | None:
        """The day; None where there is none, or it isn't one."""
        try:
            return date.fromisoformat(self.due)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedItem:
    """One point as typed; `voices` are by organisation."""

    agenda_item_id: str = ""
    title: str = ""
    said: str = ""
    outcome: str = ""
    voices: Mapping[str, str] = field(default_factory=dict)
    actions: tuple[TypedAction, ...] = (TypedAction(),)

    @property
    def is_empty(self) -> bool:
        """Whether a free point was left as it was."""
        written = self.title or self.said or self.outcome or any(self.voices.values())
        return not (self.agenda_item_id or written or self.agreed)

    @property
    def was_discussed(self) -> bool:
        """Whether there is anything to tell of it."""
        return self.outcome != Outcome.NOT_DISCUSSED

    @property
    def told(self) -> "TypedItem":
        """What of it goes into the report."""
        if self.was_discussed:
            return replace(self, actions=self.agreed)
        return replace(self, said="", voices={}, actions=())

    @property
    def agreed(self) -> tuple[TypedAction, ...]:
        """The actions of which something was typed."""
        return tuple(each for each in self.actions if not each.is_empty)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedReport:
    """The whole form; `based_on` is the version that it began from, 0 for none."""

    items: tuple[TypedItem, ...] = ()
    coming: str = ""
    short: str = ""
    why: str = ""
    based_on: int = 0

    @property
    def written(self) -> "TypedReport":
        """The same without what was left empty, or can't be of a point that wasn't discussed."""
        items = (each.told for each in self.items)
        return replace(self, items=tuple(each for each in items if not each.is_empty))

    def faults(self, voices: Sequence[Named]) -> tuple[FieldFault, ...]:
        """What has to be mended before it can go; `voices` are those carried for others."""
        found = [
            fault
            for number, item in enumerate(self.items)
            if not item.is_empty
            for fault in _faults(number, item, voices)
        ]
        if not self.written.items:
            found.append(_fault("title-0", "Noem ten minste één punt.", "Name one point at least."))
        if len(self.coming) > _LONGEST:
            found.append(_too_long("coming"))
        return tuple(found)


def begun(agenda: Sequence[AgendaItemView]) -> TypedReport:
    """An empty form: the points of the agenda, or one free point where there is none."""
    points = tuple(TypedItem(agenda_item_id=each.id, title=each.title) for each in agenda)
    return TypedReport(items=points or (TypedItem(),))


def again(report: ReportView) -> TypedReport:
    """A report that went out as a form, to correct it."""
    items = tuple(
        TypedItem(
            agenda_item_id=item.agenda_item_id or "",
            title=item.title,
            said=item.said,
            outcome=item.outcome,
            voices={each.organisation.id: str(each.carried) for each in item.voices},
            actions=(
                *(
                    TypedAction(what=each.what, due=each.due_on.isoformat() if each.due_on else "")
                    for each in item.actions
                ),
                TypedAction(),
            )[:MOST_ACTIONS],
        )
        for item in report.items
    )
    return TypedReport(
        items=items, coming=report.coming, short=report.short, based_on=report.version
    )


def _faults(number: int, item: TypedItem, voices: Sequence[Named]) -> list[FieldFault]:
    found = []
    if not item.title:
        found.append(_fault(f"title-{number}", "Waar ging dit punt over?", "What was it about?"))
    if item.outcome not in set(Outcome):
        found.append(
            _fault(f"outcome-{number}", "Kies wat er is besloten.", "Choose what was decided.")
        )
    if len(item.said) > _LONGEST or len(item.title) > _LINE:
        found.append(_too_long(f"said-{number}"))
    if item.was_discussed:
        found.extend(_untold(number, item, voices))
    found.extend(_bad_actions(number, item))
    return found


def _untold(number: int, item: TypedItem, voices: Sequence[Named]) -> list[FieldFault]:
    found = []
    if not item.said:
        found.append(
            _fault(
                f"said-{number}",
                "Schrijf in een zin wat er is gezegd.",
                "Write in a sentence what was said.",
            )
        )
    found.extend(
        _fault(
            f"voice-{number}-{each.id}",
            f"Zeg of {each.name} gehoord is.",
            f"Say whether {each.name} was heard.",
        )
        for each in voices
        if item.voices.get(each.id) not in set(Carried)
    )
    return found


def _bad_actions(number: int, item: TypedItem) -> list[FieldFault]:
    found = []
    for place, each in enumerate(item.actions):
        if each.due and not each.what:
            found.append(_fault(f"what-{number}-{place}", "Wie doet wat?", "Who does what?"))
        if each.due and each.due_on is None:
            found.append(_fault(f"due-{number}-{place}", "Dit is geen dag.", "This is not a day."))
        if len(each.what) > _LINE:
            found.append(_too_long(f"what-{number}-{place}"))
    return found


def _too_long(where: str) -> FieldFault:
    return _fault(where, "Dit is te lang. Maak het korter.", "This is too long. Make it shorter.")


def _fault(where: str, nl: str, en: str) -> FieldFault:
    return FieldFault(where, Sentence(nl, en))
