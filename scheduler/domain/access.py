"""Who asks: every query and every flow takes an actor, and answers only what that actor may see."""

from dataclasses import dataclass

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
    """

    role: Role
    subject: str | None = None

    def __post_init__(self) -> None:
        """Refuse a role that lacks its subject, or has one too many."""
        if (self.role in _HAVE_SUBJECT) != (self.subject is not None):
            raise ValueError(f"role {self.role} with subject {self.subject!r}")

    @property
    def asks(self) -> bool:
        """Whether this is a body that asks for tenants at its table."""
        return self.role.asks

    @property
    def plans_for_all(self) -> bool:
        """Whether this actor sees and changes everybody's plan."""
        return self.role in {Role.COORDINATOR, Role.SYSTEM}

    def must_plan_for_all(self) -> None:
        """Raise NotAllowed unless this actor plans for all organisations together."""
        if not self.plans_for_all:
            raise NotAllowed


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
