"""What one recipient must still hear, from what they had before: each case by itself."""

from datetime import UTC, datetime

import pytest

from scheduler.db.tables import Outgoing
from scheduler.domain.terms import MailKind, MailState
from scheduler.flows.mail.mail_plan import decide

REQUEST, CANCEL = MailKind.REQUEST, MailKind.CANCEL
SENT, WAITING, HELD, FAILED = (
    MailState.SENT,
    MailState.WAITING,
    MailState.HELD,
    MailState.FAILED,
)
WITHDRAWN = MailState.WITHDRAWN


def had(kind: MailKind, sequence: int, state: MailState, *, in_doubt: bool = False) -> Outgoing:
    then = datetime(2027, 1, 4, tzinfo=UTC)
    return Outgoing(
        uid="u",
        sequence=sequence,
        kind=kind,
        recipient_id="ma-1",
        state=state,
        created_at=then,
        not_before=then,
        in_doubt=in_doubt,
    )


@pytest.mark.parametrize(
    ("before", "invited", "adds", "withdraws"),
    [
        ([], True, REQUEST, 0),
        ([], False, None, 0),
        ([had(REQUEST, 0, SENT)], True, REQUEST, 0),
        ([had(REQUEST, 0, SENT)], False, CANCEL, 0),
        ([had(REQUEST, 0, HELD)], False, None, 1),
        ([had(REQUEST, 0, HELD)], True, REQUEST, 1),
        ([had(REQUEST, 0, WAITING, in_doubt=True)], False, CANCEL, 1),
        ([had(REQUEST, 0, FAILED)], False, None, 1),
        ([had(REQUEST, 0, FAILED)], True, REQUEST, 1),
        ([had(REQUEST, 0, WITHDRAWN)], False, None, 0),
        ([had(REQUEST, 0, SENT), had(CANCEL, 1, SENT)], False, None, 0),
        ([had(REQUEST, 0, SENT), had(CANCEL, 1, SENT)], True, REQUEST, 0),
        ([had(REQUEST, 0, SENT), had(CANCEL, 1, WAITING)], False, None, 0),
        ([had(REQUEST, 0, SENT), had(CANCEL, 1, WAITING)], True, REQUEST, 1),
        ([had(REQUEST, 0, SENT), had(CANCEL, 1, FAILED)], False, CANCEL, 1),
        ([had(REQUEST, 0, SENT), had(CANCEL, 1, WITHDRAWN, in_doubt=True)], False, CANCEL, 0),
    ],
)
def test_what_is_added_and_what_becomes_pointless(
    before: list[Outgoing], invited: bool, adds: MailKind | None, withdraws: int
) -> None:
    decision = decide(before, invited=invited, revision=2)
    assert (decision.add, len(decision.withdraw)) == (adds, withdraws)


def test_deciding_twice_about_one_revision_adds_nothing() -> None:
    assert decide([had(REQUEST, 2, HELD)], invited=True, revision=2).add is None
    assert decide([had(REQUEST, 2, WITHDRAWN)], invited=True, revision=2).add is None
    cancelled = [had(REQUEST, 0, SENT), had(CANCEL, 2, WITHDRAWN)]
    assert decide(cancelled, invited=False, revision=2).add is None
