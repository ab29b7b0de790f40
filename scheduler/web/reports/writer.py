"""Writing a report-back: the form, then what follows the table will read, then sent."""

from dataclasses import dataclass, replace
from typing import Any

from fastapi import Response
from fastapi.responses import RedirectResponse

from scheduler.db import agenda, reports
from scheduler.db.report_views import CarriedVoice, ReportView
from scheduler.db.views import MeetingView
from scheduler.domain.access import Actor
from scheduler.domain.terms import Carried
from scheduler.flows.report_back.asked import asked_before
from scheduler.flows.report_back.drafts import (
    begun_by_others,
    drop_report,
    keep_report,
    kept_report,
)
from scheduler.flows.report_back.due import Terms
from scheduler.flows.report_back.fields import kept_fields
from scheduler.flows.report_back.short import short_version
from scheduler.flows.report_back.tell import tell_readers
from scheduler.flows.report_back.typed import (
    MOST_ACTIONS,
    MOST_ITEMS,
    TypedItem,
    TypedReport,
    again,
    begun,
)
from scheduler.flows.report_back.write import SentMeanwhile, newest_of, send_report
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.reports.form import pressed, typed_report
from scheduler.web.requests.forms import Sent, faults_by_field
from scheduler.web.words.input import IMPORTANCES, STANCES


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWriter:
    """Who writes about which meeting, and the address under which they do.

    `home` is where the report can be read once it has been sent.
    """

    visit: Visit
    actor: Actor
    meeting: MeetingView
    base: str
    home: str

    def show(self) -> Response:
        """The form as it was left, or as far as it can be known beforehand."""
        draft = kept_report(self.visit.session, self.actor, self.meeting.id)
        if draft is not None:
            sent = Sent({name: tuple(texts) for name, texts in draft.typed.items()})
            return self._form(typed_report(sent), saved_at=draft.saved_at)
        return self._form(self._fresh())

    def take(self, sent: Sent) -> Response:
        """Keep what was typed, and do what the button says."""
        button, typed = sent.text("knop"), typed_report(sent)
        if button.startswith("verder-met:"):
            return self._take_over(button.removeprefix("verder-met:"), typed)
        typed = pressed(typed, button)
        kept = self._keep(typed)
        if button == "houd":  # while it is typed, by the browser itself
            return Response(status_code=204 if kept else 413)
        if button != "nalezen":
            return self._form(typed, saved_at=self.visit.at)
        if faults := typed.faults(reports.spoken_for(self.meeting)):
            return self._form(typed, error=BadRequest(faults), saved_at=self.visit.at)
        return RedirectResponse(f"{self.base}/nalezen", status_code=303)

    def look_over(self) -> Response:
        """What was typed and the short version, before it goes; the form where that isn't ready."""
        draft = kept_report(self.visit.session, self.actor, self.meeting.id)
        if draft is None:
            return RedirectResponse(self.home, status_code=303)
        typed = typed_report(Sent({name: tuple(each) for name, each in draft.typed.items()}))
        if typed.faults(reports.spoken_for(self.meeting)):
            return RedirectResponse(self.base, status_code=303)
        return self._over(typed)

    def send(self, sent: Sent) -> Response:
        """Send it; where a colleague was sooner it is kept, and what is there now is shown."""
        draft = kept_report(self.visit.session, self.actor, self.meeting.id)
        if draft is None:
            return RedirectResponse(self.home, status_code=303)
        typed = typed_report(Sent({name: tuple(each) for name, each in draft.typed.items()}))
        own = typed_report(sent)
        typed = replace(typed, short=own.short, why=own.why)
        self._keep(typed)
        if sent.text("knop") != "stuur":
            return RedirectResponse(self.base, status_code=303)
        session, at = self.visit.session, self.visit.at
        try:
            report = send_report(session, self.actor, self.meeting.id, typed, at=at)
        except BadRequest as error:
            return self._form(typed, error=error, saved_at=at)
        except SentMeanwhile as error:
            return self._form(typed, meanwhile=error, saved_at=at)
        if report.sent_at == at:
            tell_readers(session, self.actor, report, at=at)
        drop_report(session, self.actor, self.meeting.id)
        return RedirectResponse(f"{self.home}?klaar=ja", status_code=303)

    def _fresh(self) -> TypedReport:
        sent = self._sent
        if sent is not None:
            return again(sent)
        return begun(agenda.agenda_of(self.visit.session, self.actor, self.meeting.id))

    @property
    def _sent(self) -> ReportView | None:
        return newest_of(self.visit.session, self.actor, self.meeting.id)

    def _keep(self, typed: TypedReport) -> bool:
        fields = kept_fields(typed)
        return keep_report(
            self.visit.session, self.actor, self.meeting.id, fields, at=self.visit.at
        )

    def _take_over(self, person: str, typed: TypedReport) -> Response:
        """Go on with what a colleague typed; one's own typing stays where there was any."""
        for begun_by in self._begun:
            if begun_by.who.representative_id == person:
                sent = Sent({name: tuple(each) for name, each in begun_by.draft.typed.items()})
                typed = typed_report(sent)
        self._keep(typed)
        return RedirectResponse(self.base, status_code=303)

    @property
    def _begun(self) -> Any:
        return begun_by_others(self.visit.session, self.actor, self.meeting.id, at=self.visit.at)

    def _form(self, typed: TypedReport, **more: Any) -> Response:
        error, meanwhile = more.get("error"), more.get("meanwhile")
        newest = self._sent
        if meanwhile is not None and newest is not None:
            # The next press is a correction of what is there now: it has been seen by then.
            typed = replace(typed, based_on=newest.version)
            self._keep(typed)
        return self._page(
            "report_form.html",
            typed,
            status=400 if error else 409 if meanwhile else 200,
            faults=faults_by_field(error, language_of(self.visit.request)),
            saved_at=more.get("saved_at"),
            meanwhile=newest if meanwhile else None,
            begun=self._begun if newest is None else (),
            asked=asked_before(self.visit.session, self.actor, self.meeting.id, at=self.visit.at),
            stances=STANCES,
            importances=IMPORTANCES,
            most_items=MOST_ITEMS,
            most_actions=MOST_ACTIONS,
        )

    def _over(self, typed: TypedReport) -> Response:
        return self._page(
            "report_over.html",
            typed,
            faults={},
            points=[(item, self._carried(item)) for item in typed.written.items],
            short=typed.short or short_version(typed),
            readers=[each.name for each in reports.organisations_told(self.meeting)],
        )

    def _carried(self, item: TypedItem) -> list[CarriedVoice]:
        return [
            CarriedVoice(organisation=each, carried=Carried(item.voices[each.id]))
            for each in reports.spoken_for(self.meeting)
            if each.id in item.voices
        ]

    def _page(self, template: str, typed: TypedReport, **values: Any) -> Response:
        answered = page(
            self.visit,
            template,
            tab="terugkoppelingen",
            m=self.meeting,
            typed=typed,
            base=self.base,
            home=self.home,
            spoken=reports.spoken_for(self.meeting),
            told=reports.organisations_told(self.meeting),
            last_day=Terms.of(self.visit.context.settings).last_day(self.meeting),
            **values,
        )
        answered.headers["Cache-Control"] = "no-store"
        return answered
