"""What the people of the play do, each at their own page, and noted in the play's own register."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

from sqlmodel import Session, col, select

from played.record import HERE, Held, published
from played.register import Chosen, Given, Register
from played.stage import Stage, board, town
from scheduler.db import tables
from scheduler.domain.access import COORDINATOR
from scheduler.flows.planning.plan_period import Wish, queue_plan


def mark(kind: str, *about: str) -> str:
    """Words that are found again wherever they are shown: what they are, whose, and where."""
    return f"merk.{kind}.{'.'.join(about)}."


@dataclass(slots=True)
class Desk:
    """The coordinator, twelve boards and the bodies that ask."""

    stage: Stage
    register: Register
    seconds: float
    numbers: int = 0
    asked: dict[str, str] = field(default_factory=dict)
    _read: tuple[int, tuple[Held, ...]] | None = None

    @property
    def today(self) -> date:
        """The local day."""
        return self.stage.clock.now.astimezone(HERE).date()

    def held(self) -> tuple[Held, ...]:
        """What is published; read again only after something was done."""
        edition = self.stage.database.edition
        if self._read is None or self._read[0] != edition:
            with self.stage.database.session() as session:
                self._read = (edition, published(session))
        return self._read[1]

    def records(self, path: str, **changed: str) -> None:
        """Change a form of the records; what isn't named stays as it was."""
        page = self.stage.get(COORDINATOR, path).text
        answer = self.stage.post(COORDINATOR, path, **{**_form(page), **changed})
        assert "Dit is veranderd." in answer.text

    def ask(self, body: str, days: int, **wanted: Any) -> None:
        """A municipality's program asks for tenants; the coordinator takes it on."""
        starts = datetime.combine(self.today, datetime.min.time(), HERE) + timedelta(
            days=days, hours=19
        )
        document = {
            "title": f"Overleg {len(self.asked) + 1}",
            "character": "deciding",
            "mode": "online",
            "times": [{"startsAt": starts.isoformat(), "lengthMinutes": 90}],
            **wanted,
        }
        made = self.stage.program(town(body)).post("/requests", json=document)
        assert made.status_code == 201, made.text
        self.asked[made.json()["id"]] = body
        self.stage.post(COORDINATOR, f"/uitnodiging/{made.json()['id']}/aannemen")

    def plan_first(self) -> None:
        """The year's first plan, asked for on the command line, and published."""
        wish = Wish(
            first_day=date(self.today.year, 1, 1),
            last_day=date(self.today.year, 12, 31),
            time_limit_seconds=self.seconds,
            workers=1,
        )
        with self.stage.database.session() as session:
            plan = queue_plan(session, COORDINATOR, wish, at=self.stage.clock.now)
        assert self.stage.solve() == plan
        self.publish(plan)

    def plan_again(self) -> None:
        """Repair what doesn't hold any more and plan what is new, up to the end of the year."""
        asked = self.stage.post(
            COORDINATOR,
            "/herverdelen",
            doel="repair",
            van=self.today.isoformat(),
            tot=f"{self.today.year}-12-31",
            seconden=str(self.seconds),
        )
        plan = int(asked.url.path.rpartition("/")[2])
        assert self.stage.solve() == plan
        self.stage.post(COORDINATOR, f"/herverdelen/{plan}/stop")
        self.stage.post(COORDINATOR, f"/rooster/concept/{plan}/overnemen")
        self.publish(plan)

    def publish(self, plan: int) -> None:
        """Publish a draft, where it says anything new."""
        answer = self.stage.post(COORDINATOR, f"/publiceren/{plan}", na=str(self.numbers))
        self.numbers += answer.url.path.startswith("/publicatie/")

    def propose(self, by: str, giver: str, holder: str, last: date, **scope: Any) -> str:
        """A board, or the coordinator where `by` is empty, proposes a mandate."""
        form = {
            "gever": giver,
            "houder": holder,
            "eerste_dag": scope.pop("first", self.today).isoformat(),
            "laatste_dag": last.isoformat(),
            **scope,
        }
        who = board(by) if by else COORDINATOR
        made = self.stage.post(who, "/mandaten/nieuw", **form).url.path.rpartition("/")[2]
        self.register.mandates[made] = Given(
            id=made,
            giver=giver,
            holder=holder,
            first=date.fromisoformat(form["eerste_dag"]),
            last=last,
            towns=_set(form.get("gemeenten")),
            topics=_set(form.get("onderwerpen")),
            levels=_set(form.get("niveaus")),
            power=form.get("bevoegdheid", "decides"),
        )
        return made

    def agree(self, mandate: str, *members: str) -> None:
        """Each of these members opens the link in their own mail, and says yes with it."""
        self.stage.look_after()
        for each in members:
            assert not self.register.mandates[mandate].agreed
            link = self.stage.link(each, "/mandaat/")
            assert "Ja, wij zijn akkoord" in self.stage.get(None, link).text
            answer = self.stage.post(None, f"{link}/akkoord")
            assert "Uw akkoord is bewaard" in answer.text
            self.register.mandates[mandate].agreed = each == members[-1]

    def refuse(self, mandate: str, member: str) -> None:
        """A member of one board says no by the link in the mail; that is enough."""
        self.stage.look_after()
        link = self.stage.link(member, "/mandaat/")
        self.stage.post(None, f"{link}/weigeren", waarom="Wij blijven zelf komen.")

    def renew(self, mandate: str, member: str, parties: str) -> str:
        """A member asks for a renewal by the link in the letter that the mandate ends."""
        letter = next(
            each
            for each in reversed(self.stage.letters)
            if each.to == member and each.subject == f"Mandaat loopt af: {parties}"
        )
        (link,) = (each for each in letter.links if each.startswith("/mandaat/"))
        assert "De verlenging is gevraagd." in self.stage.post(None, f"{link}/verlengen").text
        before = self.register.mandates[mandate]
        with self.stage.database.session() as session:
            query = select(tables.Mandate).where(tables.Mandate.renews_id == mandate)
            row = session.exec(query).one()
        assert row.first_day == before.last + timedelta(days=1)
        renewed = replace(before, id=row.id, first=row.first_day, last=row.last_day, agreed=False)
        self.register.mandates[row.id] = renewed
        return row.id

    def withdraw(self, by: str, mandate: str, day: date) -> None:
        """A board takes a mandate back, or gives it back, from a day on."""
        path = f"/mandaten/{mandate}/intrekken"
        self.stage.post(board(by), path, vanaf=day.isoformat(), waarom="Wij doen het zelf.")
        self.register.mandates[mandate].stop(day)

    def choose(self, organisation: str, about: tuple[str, str], choice: str, day: date) -> None:
        """A board says how it takes part from a day on."""
        self.stage.post(
            board(organisation),
            f"/meedoen/{organisation}",
            waarover=":".join(about),
            keuze=choice,
            reden="Besloten in de ledenvergadering",
            eerste_dag=day.isoformat(),
        )
        self.register.choices.append(
            Chosen(organisation=organisation, about=about, choice=choice, first=day)
        )

    def items(self, meeting: str) -> list[str]:
        """The items on a meeting's agenda, in their order."""
        with self.stage.database.session() as session:
            return _items(session, meeting)

    def write_agenda(self, meeting: Held, titles: Iterable[str]) -> None:
        """The coordinator writes the agenda, an item after another."""
        for title in titles:
            self.stage.post(
                COORDINATOR,
                f"/overleg/{meeting.id}/agenda",
                title=title,
                summary="In gewone taal: wat verandert er, en voor wie.",
                question=f"Bent u voor: {title.lower()}?",
            )


def _items(session: Session, meeting: str) -> list[str]:
    row = tables.AgendaItem
    query = select(row.id).where(row.meeting_id == meeting).order_by(col(row.position))
    return list(session.exec(query))


def _set(words: Collection[str] | None) -> frozenset[str] | None:
    return frozenset(words) if words else None


def _form(page: str) -> dict[str, list[str]]:
    """What a page's big form would send, untouched."""
    form = page[page.index('class="at-form"') :]
    form = form[: form.index("</form>")]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent.setdefault(name[1], []).append(unescape(value[1] if value else ""))
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        sent[name] = [unescape(chosen[1]) if chosen else ""]
    return sent
