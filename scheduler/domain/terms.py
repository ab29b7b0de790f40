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
    SHADOW = "shadow"


class StandInState(StrEnum):
    """Whether somebody is still looked for, came, or isn't needed any more."""

    OPEN = "open"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


class Choice(StrEnum):
    """What a representative answers to an invitation."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


class Way(StrEnum):
    """The way by which an answer came."""

    PAGE = "page"
    MAIL = "mail"
    REPLY = "reply"
    CALENDAR = "calendar"


class PlanState(StrEnum):
    """A plan's life: asked for, being solved, proposed beside others, taken as a draft, published.

    Or it failed, or was put away. A plan that isn't compared with anything is a draft at once.
    """

    QUEUED = "queued"
    SOLVING = "solving"
    PROPOSED = "proposed"
    DRAFT = "draft"
    PUBLISHED = "published"
    FAILED = "failed"
    DISCARDED = "discarded"


class PlanMode(StrEnum):
    """What counts when there is a plan already: few changes, fair shares, or neither of them."""

    REPAIR = "repair"
    REBALANCE = "rebalance"
    REPLAN = "replan"


class PlanKind(StrEnum):
    """What an alternative is the best at."""

    FEWEST_CHANGES = "fewest_changes"
    FAIREST = "fairest"
    LEAST_TRAVEL = "least_travel"


class PieceState(StrEnum):
    """An independent part of a plan that is being solved: waiting, in somebody's hands, ready."""

    QUEUED = "queued"
    SOLVING = "solving"
    SOLVED = "solved"
    FAILED = "failed"


class SuppositionKind(StrEnum):
    """What a coordinator can suppose, to see what it would do."""

    STOPS = "stops"
    JOINS = "joins"
    GIVES_MANDATE = "gives_mandate"
    MANDATES_EVERYWHERE = "mandates_everywhere"
    EVENINGS = "evenings"
    FEWER_HOURS = "fewer_hours"


class SuppositionState(StrEnum):
    """A supposition's life: asked, worked out, answered; then kept, or dropped. Or it failed."""

    QUEUED = "queued"
    SOLVING = "solving"
    ANSWERED = "answered"
    KEPT = "kept"
    FAILED = "failed"
    DROPPED = "dropped"


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
    SHADOWS = "shadows"
    VOICES = "voices"


class MandateState(StrEnum):
    """What came of a mandate that was proposed; whether it holds on a day follows from its days."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    REFUSED = "refused"


class MandateStanding(StrEnum):
    """How a mandate stands on a day."""

    PROPOSED = "proposed"
    TO_COME = "to_come"
    IN_FORCE = "in_force"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"


class MandatePower(StrEnum):
    """How far a holder may go: decide, advise, pass on what the giver says, or only listen."""

    DECIDES = "decides"
    ADVISES = "advises"
    PASSES_ON = "passes_on"
    LISTENS = "listens"


class MandateSide(StrEnum):
    """Which of the two parties of a mandate somebody acts for."""

    GIVER = "giver"
    HOLDER = "holder"


class MandateAct(StrEnum):
    """What happened to a mandate. Recorded: by the coordinator, as it was agreed on paper."""

    PROPOSED = "proposed"
    RECORDED = "recorded"
    AGREED = "agreed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    GIVEN_BACK = "given_back"
    CHANGED = "changed"
    RENEWED = "renewed"


class LoanPace(StrEnum):
    """Over what lent hours are counted."""

    QUARTER = "quarter"
    YEAR = "year"


class Participation(StrEnum):
    """Whether an organisation takes part: by itself alone, through another, or not at all."""

    SELF = "self"
    REPRESENTED = "represented"
    OUT = "out"


class FeedKind(StrEnum):
    """Whose meetings a feed holds, or that it tells of publications."""

    REPRESENTATIVE = "representative"
    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    CORPORATION = "corporation"
    PROVINCE = "province"
    PUBLICATIONS = "publications"


class ClosedKind(StrEnum):
    """Why days stand apart: nobody meets on them, or it is only better not to."""

    CLOSED = "closed"
    SCHOOL_HOLIDAY = "school_holiday"


class Role(StrEnum):
    """Who somebody is to the system."""

    COORDINATOR = "coordinator"
    REPRESENTATIVE = "representative"
    BOARD = "board"
    MUNICIPALITY = "municipality"
    CORPORATION = "corporation"
    PROVINCE = "province"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    SYSTEM = "system"

    @property
    def asks(self) -> bool:
        """Whether this is a body that asks for tenants at its table."""
        return self in {Role.MUNICIPALITY, Role.CORPORATION, Role.PROVINCE}


class FactorKind(StrEnum):
    """What a second factor is: a program that shows codes, or a passkey."""

    TOTP = "totp"
    PASSKEY = "passkey"


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


class RequestState(StrEnum):
    """How far a request for tenants at the table has come."""

    RECEIVED = "received"
    PLANNED = "planned"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class RequestSource(StrEnum):
    """How a request came in: by the form, by a program, or out of somebody's calendar."""

    PAGE = "page"
    API = "api"
    IMPORT = "import"


class ProposalState(StrEnum):
    """Whether other times that were proposed are still to be answered, and how they were."""

    OPEN = "open"
    TAKEN = "taken"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class EventKind(StrEnum):
    """What happened that a body's own software may want to know."""

    REQUEST_RECEIVED = "request.received"
    REQUEST_PLANNED = "request.planned"
    REQUEST_CONFIRMED = "request.confirmed"
    REQUEST_REOPENED = "request.reopened"
    REQUEST_MOVED = "request.moved"
    REQUEST_CHANGED = "request.changed"
    REQUEST_PROPOSED = "request.proposed"
    REQUEST_ANSWERED = "request.answered"
    REQUEST_DECLINED = "request.declined"
    REQUEST_WITHDRAWN = "request.withdrawn"
    MEETING_CHANGED = "meeting.changed"


class ApiScope(StrEnum):
    """What an API key may be used for."""

    REQUESTS_READ = "requests:read"
    REQUESTS_WRITE = "requests:write"
    MEETINGS_READ = "meetings:read"
    WEBHOOKS_WRITE = "webhooks:write"


class DeliveryState(StrEnum):
    """A webhook's message: still to be delivered, taken, or given up."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class ImportOutcome(StrEnum):
    """What an import found about one date, beside what was known of it."""

    NEW = "new"
    MOVED = "moved"
    RENAMED = "renamed"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    UNCHANGED = "unchanged"


class MailKind(StrEnum):
    """What a mail is: an invitation or its taking back (RFC 5546), a link, or what reminds."""

    REQUEST = "request"
    CANCEL = "cancel"
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    STAND_IN = "stand_in"
    REMINDER = "reminder"
    DIGEST = "digest"
    FOLLOW = "follow"
    INPUT = "input"
    MANDATE = "mandate"
    PARTICIPATION = "participation"
    LOAN = "loan"
    VOTE = "vote"
    REPORT_ASK = "report_ask"
    REPORT = "report"
    REPORT_SHORT = "report_short"
    REACTION = "reaction"
    BOARD_DIGEST = "board_digest"

    @property
    def is_secret(self) -> bool:
        """Whether it carries a link that opens something, and so is nobody else's to read."""
        return self in {
            MailKind.SIGN_IN,
            MailKind.CONFIRM,
            MailKind.STAND_IN,
            MailKind.FOLLOW,
            MailKind.INPUT,
            MailKind.MANDATE,
            MailKind.PARTICIPATION,
            MailKind.LOAN,
            MailKind.VOTE,
            MailKind.REPORT_ASK,
            MailKind.REPORT,
            MailKind.REPORT_SHORT,
            MailKind.REACTION,
            MailKind.BOARD_DIGEST,
        }


class MailState(StrEnum):
    """A mail's life: kept for somebody's eyes, on its way, gone, refused for good, or not sent."""

    HELD = "held"
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class ReplyKind(StrEnum):
    """What somebody mailed back: an answer, another time proposed, or words for a person."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    COUNTER = "counter"
    NOTE = "note"


class ReplyState(StrEnum):
    """Whether a reply waits for somebody, has been dealt with, or came too late to count."""

    OPEN = "open"
    DONE = "done"
    STALE = "stale"


class CalendarUse(StrEnum):
    """What a connected calendar is for: we write meetings into it, or read taken time from it."""

    WRITE = "write"
    BUSY = "busy"


class DeliveryPhase(StrEnum):
    """Where an outside calendar stands, by what has to happen next."""

    READY = "ready"
    WAITING = "waiting"
    PAUSED = "paused"
    PARKED = "parked"
    DEAD = "dead"


class Outcome(StrEnum):
    """What came of one point of a meeting."""

    DECIDED = "decided"
    POSTPONED = "postponed"
    HEARD = "heard"
    NOT_DISCUSSED = "not_discussed"


class Carried(StrEnum):
    """Whether a voice was carried across: said and listened to, said in vain, or not raised."""

    LISTENED = "listened"
    IN_VAIN = "in_vain"
    NOT_RAISED = "not_raised"


class ReactionKind(StrEnum):
    """What an organisation says to a report-back."""

    THANKS = "thanks"
    QUESTION = "question"
    NOT_ASKED = "not_asked"


class DigestPace(StrEnum):
    """How often a board gets a digest."""

    OFF = "off"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class DecisionRule(StrEnum):
    """By what a table takes a decision."""

    UNANIMOUS = "unanimous"
    ORGANISATIONS = "organisations"
    DWELLINGS = "dwellings"
    BOTH = "both"
    TENANTS_HALF = "tenants_half"


class WeightRule(StrEnum):
    """How heavily an organisation's vote counts: all alike, or by its dwellings there.

    An unknown number of dwellings is left out, or reckoned as the province's default.
    """

    EQUAL = "equal"
    DWELLINGS = "dwellings"
    DWELLINGS_OR_DEFAULT = "dwellings_or_default"


class Stance(StrEnum):
    """What an organisation says to a proposal, before a meeting or in a vote.

    `ABSTAIN` is also who has no view; who wasn't there and who hasn't been heard stand apart.
    """

    FOR = "for"
    FOR_IF = "for_if"
    AGAINST = "against"
    ABSTAIN = "abstain"
    SPLIT = "split"
    NOT_PRESENT = "not_present"
    NOT_HEARD = "not_heard"


class Importance(StrEnum):
    """How much it matters to an organisation that its position is said aloud."""

    MUST = "must"
    CAN = "can"
    KNOW = "know"


class InputSharing(StrEnum):
    """Who reads an organisation's input besides itself, who goes and who plans for all."""

    AFTER_LAST_DAY = "after_last_day"
    WHO_GOES = "who_goes"


class VoteSharing(StrEnum):
    """What organisations at a table see of each other's votes, once these are confirmed."""

    BY_NAME = "by_name"
    COUNTS = "counts"


class VoteState(StrEnum):
    """A vote's life: ballots come in, they are counted and may be corrected, it is final."""

    OPEN = "open"
    CLOSED = "closed"
    CONFIRMED = "confirmed"


class BallotWay(StrEnum):
    """How a ballot came: by a mailed link, by the page, or said at the meeting and entered."""

    LINK = "link"
    PAGE = "page"
    MEETING = "meeting"
