"""The pages, by what they show. Each module has one router; `ROUTERS` lists them all."""

from scheduler.web.pages import (
    atlas,
    calendar,
    choices,
    draft,
    info,
    log,
    meeting,
    municipalities,
    plan,
    publications,
    publish,
    rebalance,
    representatives,
    sign_in,
    start,
    workload,
)

ROUTERS = (
    start.router,
    plan.router,
    meeting.router,
    representatives.router,
    municipalities.router,
    rebalance.router,
    draft.router,
    publications.router,
    publish.router,
    workload.router,
    atlas.router,
    log.router,
    calendar.router,
    sign_in.router,
    choices.router,
    info.router,
)
