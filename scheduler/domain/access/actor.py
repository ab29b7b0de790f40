"""Who asks: every query and every flow takes an actor, and answers only what that actor may see."""

from dataclasses import dataclass, field

from scheduler.domain.access.rights import RIGHTS, Right
from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Level, Role

_HAVE_SUBJECT = {Role.REPRESENTATIVE, Role.BOARD, Role.MUNICIPALITY, Role.CORPORATION}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something, or the system itself.

    Attributes:
        role: who this is to the system.
        subject: the representative's, municipality's or corporation's identifier, or for a board
            its organisation's; None for the other roles, of which there is one each.
        staff: which of those who share a role this is, where it is known: for the log alone, as
            all of them may the same.
    """

    role: Role
    subject: str | None = None
    staff: str | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Refuse a role that lacks its subject, or has one too many."""
        if (self.role in _HAVE_SUBJECT) != (self.subject is not None):
            raise ValueError(f"role {self.role} with subject {self.subject!r}")

    @property
    def account(self) -> str:
        """By what sessions and second factors of one account are found: role and whose it is."""
        return f"{self.role}/{self.staff or self.subject or ''}"

    @property
    def asks(self) -> bool:
        """Whether this is a body that asks for tenants at its table."""
        return self.role.asks

    @property
    def plans_for_all(self) -> bool:
        """Whether this actor changes everybody's plan."""
        return self.may(Right.PLAN)

    @property
    def sees_all(self) -> bool:
        """Whether this actor reads everybody's plan."""
        return self.may(Right.SEE_ALL)

    @property
    def only_reads(self) -> bool:
        """Whether this actor reads what others keep, and changes nothing of it."""
        return self.sees_all and not self.plans_for_all

    def may(self, right: Right) -> bool:
        """Whether the role has this right."""
        return right in RIGHTS.get(self.role, frozenset())

    def must(self, right: Right) -> None:
        """Raise NotAllowed unless the role has this right."""
        if not self.may(right):
            raise NotAllowed

    def must_plan_for_all(self) -> None:
        """Raise NotAllowed unless this actor plans for all organisations together."""
        self.must(Right.PLAN)

    def must_see_all(self) -> None:
        """Raise NotAllowed unless this actor reads what all organisations do."""
        self.must(Right.SEE_ALL)


def body(level: Level, municipality_id: str | None, corporation_id: str | None) -> Actor:
    """The body at whose table something is held, as somebody who asks."""
    match level:
        case Level.MUNICIPALITY:
            return Actor(Role.MUNICIPALITY, municipality_id)
        case Level.CORPORATION:
            return Actor(Role.CORPORATION, corporation_id)
        case Level.PROVINCE:
            return Actor(Role.PROVINCE)


SYSTEM = Actor(Role.SYSTEM)
COORDINATOR = Actor(Role.COORDINATOR)
