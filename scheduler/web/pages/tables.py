"""One table: who has been there, who knows it, on whom it hangs, and who could follow."""

from fastapi import APIRouter, Response

from scheduler.flows.continuity import bench_of, lacking_company, successions
from scheduler.web.context import SignedIn
from scheduler.web.rendering import page

router = APIRouter()


@router.get("/tafel/{table_id}")
def table(visit: SignedIn, table_id: str) -> Response:
    """The table's page, for who sees all."""
    bench = bench_of(visit.session, visit.who, table_id, at=visit.at)
    return page(
        visit,
        "table.html",
        tab="rooster",
        bench=bench,
        company=lacking_company(visit.session, visit.who, bench.coming),
        successions=successions(visit.session, visit.who, bench),
        plans=visit.who.plans_for_all,
    )
