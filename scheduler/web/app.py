"""The application factory: everything that answers over HTTP is joined here, and only here."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from scheduler.flows.access.office import read_members
from scheduler.flows.adjusting import Shelf
from scheduler.web import dav, errors, health, metrics
from scheduler.web.api import ApiFirst, create_api
from scheduler.web.assets import Assets
from scheduler.web.context import Context
from scheduler.web.doors import through_door
from scheduler.web.feeds import publications as publication_feed
from scheduler.web.feeds.serving import FeedDesk, FeedsFirst
from scheduler.web.guard import same_site
from scheduler.web.meters import Meters
from scheduler.web.middleware import Edge, GzipPages
from scheduler.web.pages import ROUTERS
from scheduler.web.plans.comparisons import ComparisonShelf
from scheduler.web.plans.workloads import WorkloadShelf


def create_app(context: Context) -> FastAPI:
    """The application over one context; whoever made the context closes its database.

    Raises:
        BadInput: the settings of the office's own sign-in name nobody.
    """
    read_members(context.settings.office.members)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_settled)
    app.state.context = context
    app.state.meters = meters = Meters()
    app.state.feeds = desk = FeedDesk(context, meters=meters)
    app.state.plan_shelf = Shelf(context.policy, context.database.session)
    app.state.comparisons = ComparisonShelf()
    app.state.workloads = WorkloadShelf()
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(same_site), Depends(through_door)])
    # For calendar programs, which carry their own secrets and no cookie: without `same_site`.
    desk.mount(app)
    app.include_router(publication_feed.router)
    app.include_router(dav.router)
    dav.mount(app, context)
    app.mount("/static", Assets(), name="static")
    app.include_router(health.router)
    app.include_router(metrics.router)
    app.state.api = create_api(context)
    app.add_middleware(ApiFirst, api=app.state.api)
    app.add_middleware(GzipPages, minimum_size=1000, compresslevel=5)
    app.add_middleware(Edge, secure=context.secure, answered=meters.answered)
    app.add_middleware(FeedsFirst, desk=desk, secure=context.secure)
    return app


def settle() -> None:
    """Take what was imported and made, which stays for good, out of the collector's sight.

    Left there, it makes an unlucky page wait 100 ms for a full collection (measured).
    """
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def _settled(_app: FastAPI) -> AsyncIterator[None]:
    settle()
    yield
    gc.unfreeze()
