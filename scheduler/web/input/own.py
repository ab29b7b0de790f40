"""An organisation's own input behind its page: opened by who is signed in, or by a mailed link."""

from collections import defaultdict
from dataclasses import dataclass, replace

from fastapi import Response
from fastapi.responses import RedirectResponse

from scheduler.db import people
from scheduler.db.input import drafts_at, versions_of
from scheduler.domain.errors import NotFound
from scheduler.domain.links import Links
from scheduler.flows.input import form
from scheduler.flows.input.author import Author, author_of, open_input_link
from scheduler.flows.input.give import form_now, give_input, keep_input_draft, own_occasion
from scheduler.flows.input.occasion import Occasion
from scheduler.flows.requests.add_papers import paper_for
from scheduler.flows.requests.request_reading import BadRequest
from scheduler.web.context import Visit
from scheduler.web.rendering import language_of, page
from scheduler.web.requests.door import saved
from scheduler.web.requests.forms import Sent, faults_by_field
from scheduler.web.words.input import IMPORTANCES, STANCES

_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnInput:
    """One member of an organisation at one meeting; `address` is the page's own."""

    visit: Visit
    author: Author
    occasion: Occasion
    address: str
    by_link: bool

    @property
    def is_open(self) -> bool:
        """Whether input can still be given."""
        return self.occasion.is_open(self.visit.at) and bool(self.occasion.items)

    def show(self, *, of: str = "", done: str = "") -> Response:
        """The form as far as it was filled in; `of` takes over what a colleague typed."""
        typed = form_now(self.visit.session, self.author, self.occasion, of[:_LONGEST_KEY])
        return self._page(typed, done=done)

    def send(self, sent: Sent) -> Response:
        """Put by or confirm; the button says which. What was typed is kept whatever happens."""
        typed = {name: sent.text(name) for name in sent.texts}
        session, at = self.visit.session, self.visit.at
        keep_input_draft(session, self.author, self.occasion, typed, at=at)
        if not self.is_open:
            return self._page(typed, status=409)
        if sent.text("knop") != "bevestig":
            return self._back("bewaard")
        try:
            give_input(session, self.author, self.occasion, typed, at=at)
        except BadRequest as error:
            return self._page(typed, error=error, status=400)
        return self._back("gegeven")

    def paper(self, paper_id: str) -> Response:
        """A file of the agenda; NotFound where it belongs to another meeting."""
        if all(file.id != paper_id for item in self.occasion.items for file in item.files):
            raise NotFound("stuk", paper_id)
        return saved(paper_for(self.visit.session, self.author.actor, paper_id))

    def _back(self, done: str) -> Response:
        return RedirectResponse(f"{self.address}?klaar={done}", status_code=303)

    def _page(
        self,
        typed: form.Typed,
        *,
        error: BadRequest | None = None,
        done: str = "",
        status: int = 200,
    ) -> Response:
        session, who, meeting = self.visit.session, self.author.actor, self.occasion.meeting
        organisation = people.organisation(session, self.author.organisation_id)
        drafts = drafts_at(session, who, meeting.id, organisation.id)
        answered = page(
            self.visit,
            "own_input.html",
            tab="nu",
            status=status,
            m=meeting,
            occasion=self.occasion,
            organisation=organisation,
            own=self,
            late=self.occasion.is_late(self.visit.at),
            versions=versions_of(session, who, meeting.id, organisation.id),
            others=[
                replace(each, typed=_every_field(each.typed))
                for each in drafts
                if each.author != self.author.key
            ],
            typed=_every_field(typed),
            form=form,
            stances=STANCES,
            importances=IMPORTANCES,
            done=done,
            faults=faults_by_field(error, language_of(self.visit.request)),
        )
        answered.headers["Cache-Control"] = "no-store"
        return answered


def _every_field(typed: form.Typed) -> form.Typed:
    """The same, with an empty text for every field that isn't there."""
    return defaultdict(str, typed)


def signed_in(visit: Visit, meeting_id: str) -> OwnInput:
    """The signed-in member's; NotFound where it isn't theirs, NoInputAsked where none is asked."""
    author = author_of(visit.session, visit.who)
    return _own(visit, author, meeting_id, f"/overleg/{meeting_id}/onze-inbreng", by_link=False)


def by_link(visit: Visit, token: str) -> OwnInput:
    """The holder of a mailed link; SpentLink where it doesn't work."""
    found = open_input_link(visit.session, Links(visit.context.key), token, at=visit.at)
    return _own(visit, found.author, found.meeting_id, f"/inbreng/{token}", by_link=True)


def _own(visit: Visit, author: Author, meeting_id: str, address: str, *, by_link: bool) -> OwnInput:
    days = visit.context.settings.feeds.input_days
    return OwnInput(
        visit=visit,
        author=author,
        occasion=own_occasion(visit.session, author, meeting_id, days),
        address=address,
        by_link=by_link,
    )
