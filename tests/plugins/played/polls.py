"""Votes at the table: opened, cast, closed, corrected and confirmed, and counted a second time."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from sqlmodel import select

from played.counting import DWELLINGS, Parts, Poll, poll, shown
from played.desk import Desk
from played.record import Held
from played.stage import Stage, board, person
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR, Actor

_WORDS = ("voor", "voor", "tegen", "onthouding")
_VERDICTS = {
    True: "Het voorstel is aangenomen",
    False: "Het voorstel is niet aangenomen",
    None: "Er is nog niet beslist",
}


@dataclass(slots=True)
class Polls:
    """Every vote of the year, as the play knows it."""

    desk: Desk
    chance: Random
    votes: dict[str, str] = field(default_factory=dict)
    """The vote at each meeting that had one."""
    decided: dict[str, set[bool | None]] = field(default_factory=dict)
    """By decision rule the verdicts that came out of it."""

    @property
    def stage(self) -> Stage:
        """Where it is played."""
        return self.desk.stage

    def open(self, meeting: Held) -> Poll:
        """Who goes opens a vote on the first item: from now on it stands who votes for whom."""
        item = self.desk.items(meeting.id)[0]
        path = f"/overleg/{meeting.id}/stemmingen"
        at = self.stage.post(person(min(meeting.going)), path, punt=item).url.path
        self.votes[meeting.id] = at.rpartition("/")[2]
        with self.stage.database.session() as session:
            wanted = poll(session, self.desk.register, meeting, self.desk.today)
            rows = session.exec(
                select(tables.VoteVoter).where(tables.VoteVoter.vote_id == self.votes[meeting.id])
            ).all()
        assert {r.organisation_id: (r.caster_id, r.mandate_id) for r in rows} == wanted.casters
        assert {r.organisation_id: (r.votes, r.dwellings) for r in rows} == wanted.weights
        return wanted

    def cast(self, meeting: Held, wanted: Poll) -> None:
        """Most boards vote, for themselves and by mandate; nobody votes for who didn't let them."""
        for name, (caster, _) in sorted(wanted.casters.items()):
            if self.chance.random() < 0.2:
                continue
            said: str | Parts = self.chance.choice(_WORDS)
            if self.chance.random() < 0.25 and self._weight(wanted, name) > 1:
                said = self._split(self._weight(wanted, name))
            self._send(meeting, board(caster), name, said)
            wanted.said[name] = said
        stranger = next(each for each in sorted(wanted.weights) if each != caster)
        self._send(meeting, board(stranger), name, "tegen", status=404)

    def close(self, meeting: Held, wanted: Poll) -> None:
        """It is closed; nobody else votes any more, one vote is corrected, and it is confirmed."""
        runs = person(min(meeting.going))
        vote = f"/stemming/{self.votes[meeting.id]}"
        self.stage.post(runs, f"{vote}/sluiten")
        first = min(wanted.said)
        caster = wanted.casters[first][0]
        self._send(meeting, board(caster), first, "onthouding", status=409)
        self._send(meeting, COORDINATOR, first, "onthouding", why="Verkeerd verstaan")
        wanted.said[first] = "onthouding"
        if wanted.rule == "tenants_half":
            other = Parts(self.chance.randrange(1, 9), self.chance.randrange(9), 1)
            typed = dict(zip(("voor", "tegen", "onthouding"), other, strict=False))
            names = {f"ander-{name}": str(number) for name, number in typed.items()}
            self.stage.post(COORDINATOR, f"{vote}/andere-helft", **names)
            wanted.other = other
        self._is_counted(self.stage.get(COORDINATOR, vote).text, wanted)
        self.stage.post(runs, f"{vote}/vaststellen")
        self._send(meeting, COORDINATOR, first, "voor", status=409, why="Te laat")
        for name in (min(wanted.weights), max(wanted.weights)):
            self._is_counted(self.stage.get(board(name), vote).text, wanted)

    def _send(
        self,
        meeting: Held,
        who: Actor,
        name: str,
        said: str | Parts,
        *,
        status: int = 200,
        why: str = "",
    ) -> None:
        path = f"/stemming/{self.votes[meeting.id]}/stem/{name}"
        self.stage.post(who, path, status=status, reden=why, **_typed(said))

    def _is_counted(self, page: str, wanted: Poll) -> None:
        """The page's figures are ours, in both measures, and every weight stands in one place."""
        for measure, (parts, percents) in shown(page).items():
            assert parts == wanted.count(measure)
            assert sum(parts) == self._all(wanted, measure)
            assert sum(percents) == (100 if sum(parts) else 0)
        passed = wanted.passes()
        self.decided.setdefault(wanted.rule, set()).add(passed)
        assert _VERDICTS[passed] in page, (wanted, re.findall(r"Het voorstel is[^<]*", page))

    @staticmethod
    def _all(wanted: Poll, measure: str) -> int:
        at = 1 if measure == DWELLINGS else 0
        return sum(weights[at] or 0 for weights in wanted.weights.values())

    @staticmethod
    def _weight(wanted: Poll, name: str) -> int:
        votes, dwellings = wanted.weights[name]
        return (dwellings or 0) if wanted.measure == DWELLINGS else votes

    def _split(self, whole: int) -> Parts:
        for_ = self.chance.randrange(whole + 1)
        against = self.chance.randrange(whole - for_ + 1)
        return Parts(for_, against, whole - for_ - against)


def _typed(said: str | Parts) -> Mapping[str, str]:
    if isinstance(said, str):
        return {"stem": said}
    names = ("deel-voor", "deel-tegen", "deel-onthouding")
    parts = dict(zip(names, map(str, said), strict=False))
    return {"stem": "verdeeld", **parts}
