"""From what a browser sends to a report-back as it was typed."""

from dataclasses import replace

from scheduler.flows.report_back.typed import (
    MOST_ACTIONS,
    MOST_ITEMS,
    TypedAction,
    TypedItem,
    TypedReport,
)
from scheduler.web.requests.forms import Sent

_LETTERS_OF_A_NUMBER = 6


def typed_report(sent: Sent) -> TypedReport:
    """The whole form, with its points and actions in order."""
    based_on = sent.text("version")[:_LETTERS_OF_A_NUMBER]
    return TypedReport(
        items=tuple(_item(sent, number) for number in range(MOST_ITEMS) if _has(sent, number)),
        coming=sent.text("coming").strip(),
        short=_lines(sent.text("short")),
        why=sent.text("why").strip(),
        based_on=int(based_on) if based_on.isdecimal() else 0,
    )


def pressed(typed: TypedReport, button: str) -> TypedReport:
    """What was typed, with what the button does to it: a point more, or an action more."""
    act, _, number = button.partition(":")
    if act == "punt":
        return replace(typed, items=(*typed.items, TypedItem())[:MOST_ITEMS])
    if act != "afspraak":
        return typed
    items = (
        replace(each, actions=(*each.actions, TypedAction())[:MOST_ACTIONS])
        if str(place) == number
        else each
        for place, each in enumerate(typed.items)
    )
    return replace(typed, items=tuple(items))


def _has(sent: Sent, number: int) -> bool:
    return f"title-{number}" in sent.texts


def _item(sent: Sent, number: int) -> TypedItem:
    voice = f"voice-{number}-"
    return TypedItem(
        agenda_item_id=sent.text(f"item-{number}"),
        title=sent.text(f"title-{number}").strip(),
        said=_lines(sent.text(f"said-{number}")),
        outcome=sent.text(f"outcome-{number}"),
        voices={
            name.removeprefix(voice): texts[0]
            for name, texts in sent.texts.items()
            if name.startswith(voice)
        },
        actions=tuple(
            TypedAction(
                what=sent.text(f"what-{number}-{place}").strip(),
                due=sent.text(f"due-{number}-{place}").strip(),
            )
            for place in range(MOST_ACTIONS)
            if f"what-{number}-{place}" in sent.texts
        )
        or (TypedAction(),),
    )


def _lines(text: str) -> str:
    """Browsers send lines with CR and LF (HTML, section 4.10.22)."""
    return text.replace("\r\n", "\n").strip()
