"""What each role may. Everything that isn't written here is refused.

A right says what somebody may do at all; whose records it reaches is the queries' own scope: a
representative's right to attend reaches their own meetings, never a colleague's.
"""

from collections.abc import Mapping
from enum import StrEnum

from scheduler.domain.terms import Role


class Right(StrEnum):
    """One thing that a role may do.

    Members, with whose records they reach:
        SIGN_IN: have sessions, see where one is signed in, end them.
        FOLLOW: read the meetings that concern oneself, and who comes.
        SEE_ALL: read what anybody planned, published, recorded, mailed or did; change nothing.
        PLAN: plan, publish, keep records and mail, for everybody.
        ATTEND: answer, be away, learn, stand in: one's own part in meetings.
        SPEAK: prepare and give what one's own organisation wants said at a meeting, read what its
            table shares, say something back to what was told of it, and choose what one is told.
        VOTE: vote for one's own organisation and those that let it vote; who goes to the meeting
            opens and closes there.
        MANDATE: propose, agree to, refuse and end mandates of one's own organisation, and choose
            whether it takes part; who plans for all records it as it was agreed on paper.
        ASK: ask for tenants at one's own table; who plans for all asks on somebody's behalf.
        SUBSCRIBE: have addresses and accounts through which a calendar program reads.
        GIVE_ACCESS: say who works here, end anybody's sessions, take away a lost second factor.
        ERASE: take a person out of what is kept.
    """

    SIGN_IN = "sign_in"
    FOLLOW = "follow"
    SEE_ALL = "see_all"
    PLAN = "plan"
    ATTEND = "attend"
    SPEAK = "speak"
    VOTE = "vote"
    MANDATE = "mandate"
    ASK = "ask"
    SUBSCRIBE = "subscribe"
    GIVE_ACCESS = "give_access"
    ERASE = "erase"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.COORDINATOR: frozenset(
        {
            Right.SIGN_IN,
            Right.FOLLOW,
            Right.SEE_ALL,
            Right.PLAN,
            Right.MANDATE,
            Right.ASK,
            Right.SUBSCRIBE,
            Right.ERASE,
        }
    ),
    Role.REPRESENTATIVE: frozenset(
        {
            Right.SIGN_IN,
            Right.FOLLOW,
            Right.ATTEND,
            Right.SPEAK,
            Right.VOTE,
            Right.SUBSCRIBE,
        }
    ),
    Role.BOARD: frozenset(
        {
            Right.SIGN_IN,
            Right.FOLLOW,
            Right.SPEAK,
            Right.VOTE,
            Right.MANDATE,
            Right.SUBSCRIBE,
        }
    ),
    Role.MUNICIPALITY: frozenset({Right.SIGN_IN, Right.FOLLOW, Right.ASK, Right.SUBSCRIBE}),
    Role.CORPORATION: frozenset({Right.SIGN_IN, Right.FOLLOW, Right.ASK, Right.SUBSCRIBE}),
    Role.PROVINCE: frozenset({Right.SIGN_IN, Right.FOLLOW, Right.ASK, Right.SUBSCRIBE}),
    Role.ADMINISTRATOR: frozenset({Right.SIGN_IN, Right.GIVE_ACCESS}),
    Role.AUDITOR: frozenset({Right.SIGN_IN, Right.FOLLOW, Right.SEE_ALL}),
    Role.SYSTEM: frozenset(Right) - {Right.SIGN_IN},
}
"""The table of roles and rights; a role that isn't in it may nothing."""

PROVE_TWICE = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR})
"""Who is asked for a second factor: those who see what isn't their own."""
