"""The pages, by what they show. Each module has one router; `ROUTERS` lists them all."""

from scheduler.web.pages import (
    calendar,
    choices,
    info,
    meeting,
    municipalities,
    plan,
    publications,
    representatives,
    roster_meeting,
    sign_in,
    start,
)

ROUTERS = (
    start.router,
    plan.router,
    roster_meeting.router,
    meeting.router,
    representatives.router,
    municipalities.router,
    publications.router,
    calendar.router,
    sign_in.router,
    choices.router,
    info.router,
)
