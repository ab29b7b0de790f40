"""A request behind its page: opened by who is signed in, or by the link in a mail."""

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import RedirectResponse

from scheduler.db import published, requests
from scheduler.db.tables import Paper
from scheduler.db.views import MeetingView, RequestView
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotFound, Sentence
from scheduler.domain.requests import Step, StepNotPossible, may
from scheduler.domain.terms import RequestState
from scheduler.domain.times import local
from scheduler.flows.requests.add_papers import add_papers, paper_of, remove_paper
from scheduler.flows.requests.answer_proposal import refuse_proposal, take_proposal
from scheduler.flows.requests.change_request import move_request, withdraw_request
from scheduler.flows.requests.paper_files import PaperFile, SentFile, read_file
from scheduler.flows.requests.request_link import link_of, renew_link
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.flows.requests.request_times import MOST_TIMES, TypedTime
from scheduler.legal import read_legal
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.forms import Sent, faults_by_field, typed_times
from scheduler.web.words.requests import STATES

_NO_SUCH_ANSWER = Sentence("Kies een van de tijdstippen.", "Choose one of the times.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was typed on the page and can't be used yet: why, and the words to keep."""

    error: BadRequest | None = None
    times: tuple[TypedTime, ...] = ()
    reason: str = ""
    links: str = ""
    answer: str = ""


_NOTHING = Typed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One request as one visitor may handle it; `address` is its page, `by_link` how they came."""

    visit: Visit
    actor: Actor
    request_id: str
    address: str
    by_link: bool = False

    @property
    def found(self) -> RequestView:
        """The request; NotFound where it isn't this actor's."""
        return requests.request(self.visit.session, self.actor, self.request_id)

    def show(self, typed: Typed = _NOTHING, *, is_new: bool = False) -> Response:
        """The request's page."""
        found, language = self.found, language_of(self.visit.request)
        clock = next((each for each in read_legal() if each.id == found.notice_clock), None)
        answer = page(
            self.visit,
            "request.html",
            tab="uitnodigingen",
            status=400 if typed.error else 200,
            r=found,
            base=self.address,
            by_link=self.by_link,
            link="" if self.by_link or self.actor.only_reads else self._link(),
            is_new=is_new,
            states=STATES,
            may=lambda step: may(found.state, Step(step)),
            meeting=self._meeting(found),
            notice=getattr(clock.sentence, language.value) if clock else "",
            clock=clock,
            faults=faults_by_field(typed.error, language),
            typed=typed.times or tuple(TypedTime() for _ in range(MOST_TIMES)),
            typed_reason=typed.reason,
            typed_links=typed.links,
            typed_answer=typed.answer,
        )
        return self._unkept(answer)

    def show_moving(
        self, typed: tuple[TypedTime, ...] = (), error: BadRequest | None = None
    ) -> Response:
        """The form for other times, with the present ones in it."""
        found = self.found
        answer = page(
            self.visit,
            "move.html",
            tab="uitnodigingen",
            status=400 if error else 200,
            title=found.title,
            back=self.address,
            times=typed or _present(found) or (TypedTime(),),
            faults=faults_by_field(error, language_of(self.visit.request)),
            most=MOST_TIMES,
            may_call_off=False,
            typed_reason="",
        )
        return self._unkept(answer)

    def move(self, sent: Sent) -> Response:
        """Name other times, or first have room for one more."""
        typed, visit = typed_times(sent), self.visit
        if sent.text("knop") == "nog":
            return self.show_moving((*typed, TypedTime())[:MOST_TIMES])
        try:
            move_request(
                visit.session, self.actor, self.request_id, typed, legal=read_legal(), at=visit.at
            )
        except BadRequest as error:
            return self.show_moving(typed, error)
        return self.back()

    def withdraw(self) -> Response:
        """Take it back; where it is back already, it stays so."""
        try:
            withdraw_request(self.visit.session, self.actor, self.request_id, at=self.visit.at)
        except StepNotPossible:
            if self.found.state is not RequestState.WITHDRAWN:
                raise
        return self.back()

    def add(self, sent: Sent) -> Response:
        """Add papers: links, a file, or both."""
        links, visit = sent.text("papers"), self.visit
        try:
            file = judged_file(visit, sent)
            add_papers(visit.session, self.actor, self.request_id, links, file, at=visit.at)
        except BadRequest as error:
            return self.show(Typed(error=error, links=links))
        return self.back("stukken")

    def take_away(self, paper_id: str) -> Response:
        """Take a file away again."""
        visit = self.visit
        remove_paper(visit.session, self.actor, self.request_id, paper_id, at=visit.at)
        return self.back("stukken")

    def paper(self, paper_id: str) -> Response:
        """A file, to be saved: it is never shown as a page of ours."""
        return saved(paper_of(self.visit.session, self.actor, self.request_id, paper_id))

    def answer(self, sent: Sent) -> Response:
        """Answer a proposal: `neem:0` takes its first time, `nee` keeps to what was asked."""
        act, _, position = sent.text("knop").partition(":")
        number, visit = sent.text("voorstel"), self.visit
        if not number.isdecimal() or not (act == "nee" or position.isdecimal()):
            raise BadInput(_NO_SUCH_ANSWER)
        which = (visit.session, self.actor, self.request_id, _small(number))
        try:
            if act == "nee":
                refuse_proposal(*which, sent.text("answer"), at=visit.at)
            else:
                take_proposal(*which, _small(position), legal=read_legal(), at=visit.at)
        except BadRequest as error:
            visit.session.rollback()
            return self.show(Typed(error=error, answer=sent.text("answer")))
        return self.back()

    def renew(self) -> Response:
        """End the links that are about."""
        renew_link(self.visit.session, self.actor, self.request_id, at=self.visit.at)
        return self.back("volgen")

    def back(self, place: str = "") -> Response:
        """To the request's page."""
        where = f"{self.address}#{place}" if place else self.address
        return RedirectResponse(where, status_code=303)

    def _link(self) -> str:
        context = self.visit.context
        return link_of(
            self.visit.session, self.actor, context.key, context.base_url, self.request_id
        )

    def _meeting(self, found: RequestView) -> MeetingView | None:
        if found.meeting_id is None:
            return None
        try:
            return published.published_meeting(self.visit.session, self.actor, found.meeting_id)
        except NotFound:
            return None

    def _unkept(self, answer: Response) -> Response:
        """What a secret link opens is nobody else's to find in a browser's memory."""
        answer.headers["Cache-Control"] = "no-store"
        return answer


def judged_file(visit: Visit, sent: Sent) -> PaperFile | None:
    """The file that was sent along, if any; BadRequest where it can't be taken."""
    if not sent.file:
        return None
    return read_file(SentFile(sent.file_name, sent.file), visit.context.scanner, at=visit.at)


def saved(paper: Paper) -> Response:
    """A file to be saved, of which a browser makes nothing else."""
    return Response(
        paper.content,
        media_type=paper.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(paper.name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cache-Control": "no-store",
        },
    )


def _small(digits: str) -> int:
    """A number that the database can hold; one that is too long names nothing."""
    return int(digits) if len(digits) <= 9 else 0  # noqa: PLR2004 - as many digits as always fit


def _present(found: RequestView) -> tuple[TypedTime, ...]:
    return tuple(
        TypedTime(
            time.day.isoformat(),
            f"{local(time.starts_at):%H:%M}" if time.starts_at else "",
            f"{local(time.ends_at):%H:%M}" if time.ends_at else "",
        )
        for time in found.times
    )
