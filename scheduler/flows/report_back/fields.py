"""A report-back as the fields of its form, by name: so it is kept until it is sent."""

from collections.abc import Iterable, Mapping

from scheduler.flows.report_back.typed import TypedReport


def kept_fields(typed: TypedReport) -> Mapping[str, tuple[str, ...]]:
    """The form as its fields, by name, to be kept as a draft."""
    return {name: (text,) for name, text in _fields(typed)}


def _fields(typed: TypedReport) -> Iterable[tuple[str, str]]:
    yield "version", str(typed.based_on)
    yield from (("coming", typed.coming), ("short", typed.short), ("why", typed.why))
    for number, item in enumerate(typed.items):
        yield f"item-{number}", item.agenda_item_id
        yield f"title-{number}", item.title
        yield f"said-{number}", item.said
        yield f"outcome-{number}", item.outcome
        for organisation, carried in item.voices.items():
            yield f"voice-{number}-{organisation}", carried
        for place, action in enumerate(item.actions):
            yield f"what-{number}-{place}", action.what
            yield f"due-{number}-{place}", action.due
