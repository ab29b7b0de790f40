"""Agendas, what each organisation wants said, and the brief of who goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from babel.dates import format_date

from played.desk import Desk, mark
from played.record import Held
from played.stage import Stage, board, person, said
from scheduler.domain.access import Actor

_TITLES = ("Huren na verduurzaming", "Eén wachtlijst")
_ANSWERS = ("voor", "voor-als", "tegen", "geen-mening")
_DAYS = 10
"""How many days before a meeting input is due."""


@dataclass(slots=True)
class Positions:
    """The question to each organisation before a meeting, and what came of it."""

    desk: Desk
    chance: Random
    given: dict[str, dict[str, bool]] = field(default_factory=dict)
    """By meeting the organisations that gave input, and whether it came late."""
    by_link: int = 0

    @property
    def stage(self) -> Stage:
        """Where it is played."""
        return self.desk.stage

    def open(self, meeting: Held) -> None:
        """The agenda is written; from here on everybody concerned is asked."""
        self.desk.write_agenda(meeting, _TITLES)
        self.given[meeting.id] = {}
        self.stage.look_after("input", "mail")

    def give(self, meeting: Held, organisation: str) -> None:
        """An organisation prepares what it thinks, and confirms: from its mail where it came."""
        path = f"/overleg/{meeting.id}/onze-inbreng"
        items = self.desk.items(meeting.id)
        draft = {
            f"standpunt-{items[0]}": "voor",
            f"reden-{items[0]}": mark("concept", organisation, meeting.id),
            "knop": "bewaar",
        }
        self.stage.post(board(organisation), path, **draft)
        who: Actor | None = board(organisation)
        link = self._link(meeting, organisation)
        if link:
            who, path = None, link
            assert _TITLES[0] in said(self.stage.get(None, link).text)
            self.by_link += 1
        answer = self.stage.post(who, path, **self._typed(meeting, organisation, items))
        assert "Dank u. Wie gaat, neemt het mee." in answer.text
        self.given[meeting.id][organisation] = self.is_late(meeting)

    def is_late(self, meeting: Held) -> bool:
        """Whether the last day for input has passed."""
        return self.desk.today > meeting.day - timedelta(days=_DAYS)

    def is_over(self, meeting: Held) -> None:
        """Once the meeting has begun, nobody's input changes any more."""
        organisation = min(self.given[meeting.id])
        typed = self._typed(meeting, organisation, self.desk.items(meeting.id))
        path = f"/overleg/{meeting.id}/onze-inbreng"
        self.stage.post(board(organisation), path, status=409, **typed)

    def read(self, meeting: Held) -> None:
        """Who goes reads every position, and nobody's is missing or made up; also on paper."""
        reader = person(min(meeting.going))
        page = said(self.stage.get(reader, f"/overleg/{meeting.id}/inbreng").text)
        for organisation in meeting.voices:
            there = mark("inbreng", organisation, meeting.id) in page
            assert there == (organisation in self.given[meeting.id]), organisation
        assert "merk.concept" not in page
        paper = self.stage.get(reader, f"/overleg/{meeting.id}/inbreng.pdf")
        assert paper.content.startswith(b"%PDF-")

    def _typed(self, meeting: Held, organisation: str, items: list[str]) -> Mapping[str, str]:
        typed = {"knop": "bevestig"}
        for item in items:
            stance = self.chance.choice(_ANSWERS)
            typed[f"standpunt-{item}"] = stance
            typed[f"reden-{item}"] = mark("inbreng", organisation, meeting.id)
            typed[f"belang-{item}"] = self.chance.choice(("moet", "kan", "weten"))
            if stance == "voor-als":
                typed[f"als-{item}"] = "niemand erop achteruitgaat"
        return typed

    def _link(self, meeting: Held, organisation: str) -> str | None:
        """The newest link in the board's mail that asks about this meeting."""
        to = f"voorzitter@{organisation}.example"
        letters = [each for each in self.stage.letters if each.to == to]
        day = format_date(meeting.day, "d MMMM", locale="nl")
        asking = [e for e in letters if meeting.title in e.subject and f" {day}" in e.text]
        links = [link for each in asking for link in each.links if link.startswith("/inbreng/")]
        return links[-1] if links else None
