"""What if: suppositions worked out beside the plan, without ever changing it."""

from scheduler.flows.what_if.asking import (
    Question,
    ask_stop,
    drop,
    keep,
    suppose,
    suppose_again,
)
from scheduler.flows.what_if.outcome import Carried, Gap, Outcome
from scheduler.flows.what_if.suppositions import (
    NEWCOMER,
    Evenings,
    FewerHours,
    GivesMandate,
    Joins,
    MandatesEverywhere,
    Stops,
    Supposition,
    from_json,
)

__all__ = [
    "NEWCOMER",
    "Carried",
    "Evenings",
    "FewerHours",
    "Gap",
    "GivesMandate",
    "Joins",
    "MandatesEverywhere",
    "Outcome",
    "Question",
    "Stops",
    "Supposition",
    "ask_stop",
    "drop",
    "from_json",
    "keep",
    "suppose",
    "suppose_again",
]
