"""Calendars elsewhere: connecting them, writing our meetings there, reading when time is taken."""

from scheduler.flows.outside.connect import (
    Wish,
    choose_calendars,
    confirm_empty,
    connect_calendar,
    disconnect,
    pause,
    try_again,
)
from scheduler.flows.outside.means import Means, means_of
from scheduler.flows.outside.sync import Result, sync_calendars

__all__ = [
    "Means",
    "Result",
    "Wish",
    "choose_calendars",
    "confirm_empty",
    "connect_calendar",
    "disconnect",
    "means_of",
    "pause",
    "sync_calendars",
    "try_again",
]
