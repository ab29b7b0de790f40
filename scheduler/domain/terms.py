"""The field's closed lists of words, as they stand in rows, documents and pages.

Every member's value is what is stored; the Dutch and English words for screens stand in `web`.
"""

from enum import StrEnum


class Level(StrEnum):
    """At whose table a meeting is held."""

    MUNICIPALITY = "municipality"
    PROVINCE = "province"
    CORPORATION = "corporation"


class Mode(StrEnum):
    """How a meeting can be attended."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"


class Character(StrEnum):
    """What the tenants are asked for at a meeting."""

    DECIDING = "deciding"
    ADVISING = "advising"
    INFORMING = "informing"

    @property
    def weight(self) -> int:
        """How heavily an empty seat or an unheard organisation counts (rule book, section 1)."""
        return {"deciding": 9, "advising": 3, "informing": 1}[self.value]


class Experience(StrEnum):
    """It takes about two years to learn the work; a new one doesn't go alone."""

    EXPERIENCED = "experienced"
    NEW = "new"


class Bond(StrEnum):
    """How a representative is bound to the organisation."""

    VOLUNTEER = "volunteer"
    PROFESSIONAL = "professional"


class Part(StrEnum):
    """What a representative does at a meeting."""

    ATTENDEE = "attendee"
    DEPUTY = "deputy"


class PlanState(StrEnum):
    """A plan's life: asked for, being solved, there to be judged, published, or failed."""

    QUEUED = "queued"
    SOLVING = "solving"
    DRAFT = "draft"
    PUBLISHED = "published"
    FAILED = "failed"


class Adjustment(StrEnum):
    """What a coordinator changes by hand about one meeting."""

    ASSIGN = "assign"
    UNASSIGN = "unassign"
    REPLACE = "replace"
    SWAP = "swap"
    SET_DEPUTY = "set_deputy"
    REMOVE_DEPUTY = "remove_deputy"
    MOVE = "move"
    PIN = "pin"
    UNPIN = "unpin"
    BAN = "ban"
    UNBAN = "unban"


class StepState(StrEnum):
    """A step by hand: done, undone and still to be done again, or undone for good."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"


class MeetingState(StrEnum):
    """Whether a meeting is still to be held."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class ChangeKind(StrEnum):
    """What a publication changed about a meeting since the one before."""

    ADDED = "added"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MOVED = "moved"
    PLACE = "place"
    DETAILS = "details"
    ATTENDEES = "attendees"
    DEPUTY = "deputy"
    VOICES = "voices"


class FeedKind(StrEnum):
    """Whose meetings a feed holds."""

    REPRESENTATIVE = "representative"
    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    PROVINCE = "province"


class Role(StrEnum):
    """Who somebody is to the system."""

    COORDINATOR = "coordinator"
    REPRESENTATIVE = "representative"
    MUNICIPALITY = "municipality"
    SYSTEM = "system"


class DayPart(StrEnum):
    """When in the day a table usually meets; office hours are the policy's."""

    OFFICE_HOURS = "office_hours"
    MIXED = "mixed"
    EVENING = "evening"
    SATURDAY = "saturday"


class Confidence(StrEnum):
    """How far a figure can be relied on; an assumption is ours, the others are somebody's."""

    SOURCED = "sourced"
    SOURCED_OLD = "sourced (old)"
    SOURCED_APPROXIMATE = "sourced (approximate)"
    DERIVED = "derived"
    INFERRED = "inferred"
    GENERAL_KNOWLEDGE = "general knowledge"
    ASSUMPTION = "assumption"
    UNKNOWN = "unknown"
