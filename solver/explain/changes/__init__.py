"""Facts that could be otherwise, each made in a copy of the problem and told to people."""

from solver.explain.changes.change import Change, applied, told
from solver.explain.changes.meetings import AddInterest, AddSeat, GoOnline, OtherTime
from solver.explain.changes.people import (
    AddRepresentative,
    BeAvailable,
    FreeTime,
    JoinOnline,
    Learn,
    LiftBan,
    RaiseLimit,
    TravelFarther,
)
from solver.explain.changes.words import GiveMandate, SpeakForMore

__all__ = [
    "AddInterest",
    "AddRepresentative",
    "AddSeat",
    "BeAvailable",
    "Change",
    "FreeTime",
    "GiveMandate",
    "GoOnline",
    "JoinOnline",
    "Learn",
    "LiftBan",
    "OtherTime",
    "RaiseLimit",
    "SpeakForMore",
    "TravelFarther",
    "applied",
    "told",
]
