"""Report-backs: in time, late or never, and what is said back to them."""

import re
from dataclasses import dataclass, field
from datetime import timedelta

from played.desk import Desk, mark
from played.record import Held
from played.stage import Stage, board, person, said
from scheduler.domain.access import COORDINATOR

_DUE, _ASKED = 7, 60
"""Days after a meeting: when its report is due, and how long it is asked for."""


@dataclass(slots=True)
class Tellings:
    """What was told of which meeting, as the play knows it."""

    desk: Desk
    late: dict[str, bool] = field(default_factory=dict)
    """By meeting that was told of, whether it came too late."""

    @property
    def stage(self) -> Stage:
        """Where it is played."""
        return self.desk.stage

    def tell(self, meeting: Held) -> None:
        """Who went fills in the form, reads it over and sends it."""
        writer = person(min(meeting.going))
        form = f"/overleg/{meeting.id}/terugkoppeling/schrijven"
        page = self.stage.get(writer, form).text
        asked = set(re.findall(r'name="voice-0-([^"]+)"', page))
        assert asked == set(meeting.through_others), meeting.title
        self.stage.post(writer, form, **self._typed(meeting, page), knop="nalezen")
        short = mark("kort", meeting.id)
        sent = self.stage.post(writer, f"{form}/nalezen", short=short, knop="stuur")
        assert "Dank u. Uw terugkoppeling is verstuurd." in sent.text
        self.late[meeting.id] = self.desk.today > meeting.day + timedelta(days=_DUE)
        page = self.stage.get(COORDINATOR, f"/overleg/{meeting.id}/terugkoppeling").text
        assert ("te laat binnengekomen" in page) == self.late[meeting.id]

    def react(self, meeting: Held, organisation: str) -> None:
        """A board says it wasn't what it asked; the writer answers once."""
        path = f"/overleg/{meeting.id}/terugkoppeling"
        words = mark("reactie", organisation, meeting.id)
        self.stage.post(
            board(organisation), f"{path}/reactie", reactie="niet-gevraagd", tekst=words
        )
        assert "wacht op antwoord" in self.stage.get(COORDINATOR, "/").text
        writer = person(min(meeting.going))
        page = self.stage.get(writer, path).text
        found = re.findall(r'name="reactie" value="([^"]*)"', page)
        self.stage.post(writer, path, reactie=found[0], tekst="Dat heb ik gezegd.")
        assert "Dat heb ik gezegd." in self.stage.get(board(organisation), path).text

    def look(self) -> None:
        """What isn't told stands where it should: asked of all, and on Nu once it is overdue."""
        today, now = self.desk.today, self.stage.clock.now
        waiting = {
            each.id: each.day + timedelta(days=_DUE) < today
            for each in self.desk.held()
            if each.going
            and each.ends_at <= now
            and each.day >= today - timedelta(days=_ASKED)
            and each.id not in self.late
        }
        page = self.stage.get(COORDINATOR, "/terugkoppelingen").text
        assert set(re.findall(r'href="/overleg/([^"/]+)"', page)) == set(waiting)
        lines = re.findall("om te vertellen was", said(self.stage.get(COORDINATOR, "/").text))
        assert len(lines) == sum(waiting.values())

    @staticmethod
    def _typed(meeting: Held, page: str) -> dict[str, str]:
        items = re.findall(r'name="item-([0-9]+)" value="([^"]*)"', page)
        titles = dict(re.findall(r'name="title-([0-9]+)" value="([^"]*)"', page))
        typed = {"version": "0"}
        for number, item in items:
            typed |= {
                f"item-{number}": item,
                f"title-{number}": titles.get(number) or "Rondvraag",
                f"said-{number}": mark("verslag", meeting.id),
                f"outcome-{number}": "decided",
                f"what-{number}-0": "De tekst rondsturen",
                f"due-{number}-0": (meeting.day + timedelta(days=21)).isoformat(),
            }
            typed |= {f"voice-{number}-{each}": "listened" for each in meeting.through_others}
        return typed
