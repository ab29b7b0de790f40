"""Who asks, and what each role may: the one place where rights are written."""

from scheduler.domain.access.actor import COORDINATOR, SYSTEM, Actor, body
from scheduler.domain.access.rights import PROVE_TWICE, RIGHTS, Right

__all__ = ["COORDINATOR", "PROVE_TWICE", "RIGHTS", "SYSTEM", "Actor", "Right", "body"]
