"""Calendars elsewhere: connecting them, writing our meetings there, reading when time is taken."""

from scheduler.flows.outside.connect import (
    Connected,
    Wish,
    choose_calendars,
    confirm_empty,
    connect_calendar,
    disconnect,
    pause,
    try_again,
)
from scheduler.flows.outside.means import Means, means_of
from scheduler.flows.outside.sync import Result, standing_of_all, sync_calendars

__all__ = [
    "Connected",
    "Means",
    "Result",
    "Wish",
    "choose_calendars",
    "confirm_empty",
    "connect_calendar",
    "disconnect",
    "means_of",
    "pause",
    "standing_of_all",
    "sync_calendars",
    "try_again",
]
