"""A report-back to be read, and what can be said to it: for its writer, its readers, in short."""

from dataclasses import dataclass
from typing import Any

from fastapi import Response
from fastapi.responses import RedirectResponse

from scheduler.db import people, reports
from scheduler.domain.access import Actor
from scheduler.domain.errors import BadInput, NotAllowed, NotFound, Sentence
from scheduler.domain.terms import ReactionKind, Role
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.react import answer_reaction, react
from scheduler.flows.report_back.write import to_report
from scheduler.web.context import Visit
from scheduler.web.rendering import page
from scheduler.web.requests.forms import Sent

KINDS = {
    "dank": ReactionKind.THANKS,
    "vraag": ReactionKind.QUESTION,
    "niet-gevraagd": ReactionKind.NOT_ASKED,
}
"""How reactions are called in forms."""

_UNKNOWN = Sentence("Kies wat u wilt zeggen.", "Choose what you want to say.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReader:
    """Who reads about which meeting, and the addresses under which they do.

    `write` is where it is corrected, empty where that isn't theirs to do.
    """

    visit: Visit
    actor: Actor
    meeting_id: str
    base: str
    write: str = ""

    def show(self, *, done: str = "", error: BadInput | None = None, typed: str = "") -> Response:
        """The whole report, or the short version for who may read no more than that."""
        try:
            told = reports.report_of(self.visit.session, self.actor, self.meeting_id)
        except NotFound:
            return self._short()
        session, actor = self.visit.session, self.actor
        return self._page(
            "report.html",
            m=told.meeting,
            report=told.report,
            versions=reports.versions_of(session, actor, self.meeting_id)[1:],
            reactions=reports.reactions_to(session, actor, self.meeting_id),
            late=self._is_late(told.meeting, told.report.sent_at),
            write=self._write,
            answers=actor == Actor(Role.REPRESENTATIVE, told.report.writer.id),
            reacts=self._reacts and told.report.writer.id != actor.subject,
            own=people.organisation_of(session, actor),
            done=done,
            error=error.sentences[0] if error else None,
            typed=typed,
            status=400 if error else 200,
        )

    def say(self, sent: Sent) -> Response:
        """React."""
        kind, text = KINDS.get(sent.text("reactie")), sent.text("tekst")
        if kind is None:
            return self.show(error=BadInput(_UNKNOWN), typed=text)
        try:
            react(self.visit.session, self.actor, self.meeting_id, kind, text, at=self.visit.at)
        except BadInput as error:
            return self.show(error=error, typed=text)
        return RedirectResponse(f"{self.base}?gezegd=ja#reacties", status_code=303)

    def answer(self, sent: Sent) -> Response:
        """Answer a reaction, as the writer."""
        session, at = self.visit.session, self.visit.at
        answer_reaction(session, self.actor, sent.text("reactie"), sent.text("tekst"), at=at)
        return RedirectResponse(f"{self.base}?gezegd=ja#reacties", status_code=303)

    def _short(self) -> Response:
        short = reports.short_of(self.visit.session, self.actor, self.meeting_id)
        return self._page("report_short.html", m=short.meeting, short=short)

    @property
    def _reacts(self) -> bool:
        return self.actor.role in {Role.BOARD, Role.REPRESENTATIVE}

    @property
    def _write(self) -> str:
        try:
            to_report(self.visit.session, self.actor, self.meeting_id, at=self.visit.at)
        except (NotFound, NotAllowed):
            return ""
        return self.write

    def _is_late(self, meeting: Any, sent_at: Any) -> bool:
        return Terms.of(self.visit.context.settings).is_late(meeting, sent_at)

    def _page(self, template: str, *, status: int = 200, **values: Any) -> Response:
        answered = page(
            self.visit, template, tab="terugkoppelingen", status=status, base=self.base, **values
        )
        answered.headers["Cache-Control"] = "no-store"
        return answered
