"""What happened since: everything of a body in order, by a cursor."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Query

from scheduler.db import events
from scheduler.db.tables import Event
from scheduler.domain.terms import EventKind, RequestState
from scheduler.web.api.caller import RequestReader
from scheduler.web.api.schema import Schema

router = APIRouter(tags=["changes"])


class Change(Schema):
    """One thing that happened; `state` is the request's after it."""

    cursor: int
    at: datetime
    type: EventKind
    request_id: str | None
    meeting_id: str | None
    state: RequestState | None

    @classmethod
    def of(cls, event: Event) -> Self:
        """The document of an event."""
        return cls(
            cursor=event.id,
            at=event.at,
            type=event.kind,
            request_id=event.request_id,
            meeting_id=event.meeting_id,
            state=event.state,
        )


class ChangePage(Schema):
    """What happened, in order; `next` is the `since` of the next time, `more` whether it waits."""

    items: list[Change]
    next: int
    more: bool


@router.get("/changes", operation_id="listChanges")
def list_changes(
    caller: RequestReader,
    since: Annotated[int, Query(ge=0, le=2**53 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> ChangePage:
    """What happened to the body's requests and meetings after a cursor; 0 is from the beginning."""
    found = events.since(caller.session, caller.actor, since, most=limit + 1)
    shown = found[:limit]
    return ChangePage(
        items=[Change.of(each) for each in shown],
        next=shown[-1].id if shown else since,
        more=len(found) > limit,
    )
