"""What stands around the form to ask: whose it is, what its times cost, what was kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import Response

from scheduler.db import people
from scheduler.db.views import Named
from scheduler.domain.access import Actor
from scheduler.domain.errors import NotFound
from scheduler.domain.terms import Character, Level, Mode, Role
from scheduler.domain.times import local
from scheduler.flows.province.stakes import read_stakes
from scheduler.flows.requests.form_drafts import drafts_of
from scheduler.flows.requests.notice import ShortNotice, short_notice
from scheduler.flows.requests.request_form import TypedRequest
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import MOST_TIMES, read_moved_times
from scheduler.flows.requests.requesting import Asker, Time, place_of
from scheduler.flows.requests.time_cost import Cost, time_costs
from scheduler.legal import read_legal
from scheduler.web.bodies import bodies, body_named, name_of, title_of
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import faults_by_field


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForm:
    """The form of one body, in one filling-in.

    Attributes:
        body: who asks; the visitor, or on whose behalf the coordinator asks.
        key: names this filling-in.
        typed: what has been typed so far.
        looked: whether the costs are to be shown.
        is_kept: whether what was typed has been put by.
    """

    visit: Visit
    body: Actor
    key: str
    typed: TypedRequest
    looked: bool = False
    is_kept: bool = False
    error: BadRequest | None = None

    @property
    def asker(self) -> Asker:
        """Who asks, for the flows."""
        return Asker.who_is(self.body)

    def show(self) -> Response:
        """The page."""
        visit, session = self.visit, self.visit.session
        times = [self._readable(number) for number in range(len(self.typed.times))]
        language = language_of(visit.request)
        notice = self._notice(times) if self.looked else None
        return page(
            visit,
            "ask.html",
            tab="uitnodigingen",
            status=400 if self.error else 200,
            typed=self.typed,
            key=self.key,
            faults=faults_by_field(self.error, language),
            costs=self._costs(times) if self.looked else [None] * len(times),
            looked=self.looked,
            kept=self.is_kept,
            drafts=[each for each in drafts_of(session, visit.who) if each.form_key != self.key],
            notice=getattr(notice.sentence, language.value) if notice else "",
            organisations=people.organisations(session),
            dwellings=self.dwellings,
            tables=people.tables(session, self.body),
            host=title_of(session, self.body),
            place=self._place,
            on_behalf=name_of(self.body) if visit.who.plans_for_all else "",
            most=MOST_TIMES,
        )

    @property
    def dwellings(self) -> Mapping[str, int]:
        """How many dwellings each organisation has here, as planning counts them."""
        asker = self.asker
        return read_stakes(self.visit.session).at(
            asker.level,
            municipality_id=asker.municipality_id,
            corporation_id=asker.corporation_id,
        )

    @property
    def _place(self) -> Named | None:
        """Where this body meets; None where nobody said, so that only online is left."""
        place = place_of(self.visit.session, self.asker)
        return people.place(self.visit.session, place) if place else None

    def _readable(self, number: int) -> Time | None:
        try:
            return read_moved_times(self.typed.times[number : number + 1], at=self.visit.at)[0]
        except BadRequest:
            return None

    def _costs(self, times: list[Time | None]) -> tuple[Cost | None, ...]:
        typed = self.typed
        mode = Mode(typed.mode) if typed.mode in list(Mode) else Mode.IN_PERSON
        return time_costs(
            self.visit.session,
            self.asker,
            times,
            organisations=typed.organisations or (),
            mode=mode,
            policy=self.visit.context.policy,
            at=self.visit.at,
        )

    def _notice(self, times: list[Time | None]) -> ShortNotice | None:
        days = [time.day for time in times if time]
        if not days or self.typed.character not in list(Character):
            return None
        today = local(self.visit.at).date()
        return short_notice(read_legal(), Character(self.typed.character), min(days), today)


def who_asks(visit: Visit, on_behalf: str) -> Actor | None:
    """The body that asks: the visitor, or the one named by the coordinator; None to be chosen.

    Raises:
        NotAllowed: the visitor is no body that asks.
        NotFound: there is no such body.
    """
    if not visit.who.plans_for_all:
        return Asker.who_is(visit.who).body
    return body_named(visit.session, on_behalf) if on_behalf else None


def choose_body(visit: Visit) -> Response:
    """The coordinator's first question: on whose behalf?"""
    found = bodies(visit.session)
    if not found:
        raise NotFound("organisatie")
    groups = [
        (level, [each for each in found if each.id.partition(":")[0] == role])
        for level, role in (
            (Level.MUNICIPALITY, Role.MUNICIPALITY),
            (Level.CORPORATION, Role.CORPORATION),
            (Level.PROVINCE, Role.PROVINCE),
        )
    ]
    return page(visit, "ask_whose.html", tab="uitnodigingen", groups=groups)
