"""What a request can name: the tenant organisations, and the body's own tables."""

from fastapi import APIRouter

from scheduler.db import people
from scheduler.web.api.caller import RequestReader
from scheduler.web.api.schema import Name, Schema

router = APIRouter(tags=["requests"])


class NameList(Schema):
    """Things by identifier and name."""

    items: list[Name]


@router.get("/organisations", operation_id="listOrganisations")
def list_organisations(caller: RequestReader) -> NameList:
    """The tenant organisations, by name."""
    found = people.organisations(caller.session)
    return NameList(items=[Name.model_validate(each) for each in found])


@router.get("/tables", operation_id="listTables")
def list_tables(caller: RequestReader) -> NameList:
    """The body's own tables (overlegtafels), by name."""
    found = people.tables(caller.session, caller.actor)
    return NameList(items=[Name.model_validate(each) for each in found])
