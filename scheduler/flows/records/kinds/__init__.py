"""The kinds of records, each in its own module."""

from scheduler.flows.records.kinds.closed import CLOSED_DAYS
from scheduler.flows.records.kinds.consultations import CONSULTATIONS
from scheduler.flows.records.kinds.ground import CORPORATIONS, MUNICIPALITIES
from scheduler.flows.records.kinds.loans import LOANS
from scheduler.flows.records.kinds.mandates import MANDATES
from scheduler.flows.records.kinds.organisations import ORGANISATIONS
from scheduler.flows.records.kinds.representatives import REPRESENTATIVES

KINDS = (
    ORGANISATIONS,
    REPRESENTATIVES,
    MANDATES,
    LOANS,
    CONSULTATIONS,
    MUNICIPALITIES,
    CORPORATIONS,
    CLOSED_DAYS,
)
"""In the order in which a page shows them."""

__all__ = [
    "CLOSED_DAYS",
    "CONSULTATIONS",
    "CORPORATIONS",
    "KINDS",
    "LOANS",
    "MANDATES",
    "MUNICIPALITIES",
    "ORGANISATIONS",
    "REPRESENTATIVES",
]
