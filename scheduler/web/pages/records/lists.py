"""What records there are: the kinds, and each kind's list."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field

from scheduler.flows.records import KINDS, count_records, fitting, kind_called, records
from scheduler.flows.yearly_cycle import years_to_come
from scheduler.web.context import Coordinating
from scheduler.web.pages.records.telling import Telling
from scheduler.web.rendering import page

router = APIRouter()

_SIZE = 25
"""How many records stand on one page."""
_LONGEST = 100


class Asked(BaseModel, frozen=True):
    """What is sought, as it stands in the address."""

    zoek: Annotated[str, Field(max_length=_LONGEST)] = ""
    ook: str = ""
    weg: Annotated[int, Field(ge=0, lt=2**31)] = 0
    blad: Annotated[int, Field(ge=1, lt=2**31)] = 1

    def sheet(self, number: int) -> str:
        """The address of another sheet of the same list."""
        query = {"zoek": self.zoek, "ook": self.ook, "blad": str(number)}
        return f"?{urlencode({name: value for name, value in query.items() if value})}"


@router.get("/gegevens")
def kinds(visit: Coordinating) -> Response:
    """The kinds of records, with how many there are of each."""
    return page(
        visit,
        "records/kinds.html",
        tab="gegevens",
        kinds=KINDS,
        counts={
            kind.key: count_records(visit.session, visit.who, kind, today=visit.today)
            for kind in KINDS
        },
        years=years_to_come(visit.session, visit.who, today=visit.today),
    )


@router.get("/gegevens/{key}")
def records_of(visit: Coordinating, key: str, asked: Annotated[Asked, Query()]) -> Response:
    """The records of one kind that fit what is sought."""
    kind = kind_called(key)
    listed = records(visit.session, visit.who, kind, today=visit.today)
    found = fitting(listed, asked.zoek, today=visit.today, ended=bool(asked.ook))
    first = (asked.blad - 1) * _SIZE
    return page(
        visit,
        "records/list.html",
        tab="gegevens",
        kind=kind,
        listed=listed,
        found=found[first : first + _SIZE],
        total=len(found),
        sheets=range(1, (len(found) - 1) // _SIZE + 2),
        asked=asked,
        told=Telling(visit),
    )
