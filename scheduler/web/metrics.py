"""Metrics for Prometheus, for who has the token or, where that is allowed, for this machine."""

import hmac
from collections.abc import Mapping

from fastapi import APIRouter, Request, Response

from scheduler.db.standing import standing
from scheduler.domain.access import SYSTEM
from scheduler.domain.errors import NotFound
from scheduler.settings import Metrics, MetricsAccess
from scheduler.web.context import context_of
from scheduler.web.meters import Meters, exposition

router = APIRouter()

_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_HERE = {"127.0.0.1", "::1"}
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@router.get("/metrics", include_in_schema=False)
def metrics(request: Request) -> Response:
    """What this process counted and what the rows say; NotFound for everybody else."""
    context = context_of(request)
    settings = context.settings.metrics
    if not _may_read(settings, request.headers, request.client.host if request.client else ""):
        raise NotFound("bladzijde", "metrics")
    at = context.clock()
    with context.database.session() as session:
        figures = standing(session, SYSTEM, at=at)
    meters: Meters = request.app.state.meters
    content = exposition(meters, figures, at, context.province)
    return Response(content, media_type=_TYPE, headers={"Cache-Control": "no-store"})


def _may_read(settings: Metrics, headers: Mapping[str, str], client: str) -> bool:
    match settings.access:
        case MetricsAccess.TOKEN:
            scheme, _, given = headers.get("authorization", "").partition(" ")
            is_right = hmac.compare_digest(given.encode(), settings.token.encode())
            return bool(settings.token) and scheme.lower() == "bearer" and is_right
        case MetricsAccess.LOOPBACK:
            return client in _HERE and not any(name in headers for name in _PASSED_ON)
        case _:
            return False
