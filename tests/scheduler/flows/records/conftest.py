"""Short ways to what records are: a kind, its texts, and a form that somebody sent."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlmodel import Session

from scheduler.domain.access import COORDINATOR
from scheduler.flows.records import (
    Change,
    Kind,
    Typed,
    change_record,
    kind_called,
    record_of,
    records,
    sheet_of,
)
from scheduler.web.sheets import csv_file


@pytest.fixture
def people() -> Kind:
    return kind_called("afgevaardigden")


@pytest.fixture
def texts(session: Session) -> Callable[[str, str], dict[str, str]]:
    """The texts of a record, by the name of its kind and its identifier."""

    def read(key: str, identifier: str) -> dict[str, str]:
        return dict(record_of(session, COORDINATOR, kind_called(key), identifier).texts)

    return read


@pytest.fixture
def change(session: Session, noon: datetime) -> Callable[..., Change]:
    """Changes some fields of a record, as a form that showed nothing but these."""

    def write(key: str, identifier: str, **fields: str) -> Change:
        typed = Typed(texts=fields)
        return change_record(session, COORDINATOR, kind_called(key), identifier, typed, at=noon)

    return write


@pytest.fixture
def export(session: Session, noon: datetime) -> Callable[[Kind], bytes]:
    """A kind's records as the page gives them."""

    def write(kind: Kind) -> bytes:
        listed = records(session, COORDINATOR, kind, today=noon.date())
        return csv_file(sheet_of(listed), delimiter=";")

    return write
