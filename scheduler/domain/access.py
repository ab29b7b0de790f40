"""Who asks: every query and every flow takes an actor, and answers only what that actor may see."""

from dataclasses import dataclass

from scheduler.domain.errors import NotAllowed
from scheduler.domain.terms import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks for something, or the system itself.

    Attributes:
        role: who this is to the system.
        subject: the representative's or municipality's identifier; None for the other roles.
    """

    role: Role
    subject: str | None = None

    def __post_init__(self) -> None:
        """Refuse a role that lacks its subject, or has one too many."""
        if (self.role in {Role.REPRESENTATIVE, Role.MUNICIPALITY}) != (self.subject is not None):
            raise ValueError(f"role {self.role} with subject {self.subject!r}")

    @property
    def plans_for_all(self) -> bool:
        """Whether this actor sees and changes everybody's plan."""
        return self.role in {Role.COORDINATOR, Role.SYSTEM}

    def must_plan_for_all(self) -> None:
        """Raise NotAllowed unless this actor plans for all organisations together."""
        if not self.plans_for_all:
            raise NotAllowed


SYSTEM = Actor(Role.SYSTEM)
COORDINATOR = Actor(Role.COORDINATOR)
