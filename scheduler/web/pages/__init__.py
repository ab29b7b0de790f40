"""The pages, by what they show. Each module has one router; `ROUTERS` lists them all."""

from scheduler.web.pages import (
    answering,
    ask,
    calendar,
    choices,
    imports,
    info,
    meeting,
    meeting_changes,
    municipalities,
    plan,
    publications,
    representatives,
    requests,
    sign_in,
    start,
)

ROUTERS = (
    start.router,
    plan.router,
    meeting.router,
    answering.router,
    meeting_changes.router,
    ask.router,
    requests.router,
    imports.router,
    representatives.router,
    municipalities.router,
    publications.router,
    calendar.router,
    sign_in.router,
    choices.router,
    info.router,
)
