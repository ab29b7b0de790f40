"""The pages, by what they show. Each module has one router; `ROUTERS` lists them all."""

from scheduler.web.pages import (
    calendar,
    choices,
    connections,
    info,
    meeting,
    municipalities,
    plan,
    publications,
    representatives,
    sign_in,
    start,
)

ROUTERS = (
    start.router,
    plan.router,
    meeting.router,
    representatives.router,
    municipalities.router,
    publications.router,
    calendar.router,
    connections.router,
    sign_in.router,
    choices.router,
    info.router,
)
