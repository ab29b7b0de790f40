"""The coordinators' working draft: how it stands, what can be changed, and why."""

from scheduler.flows.adjusting.errors import AgainstRules, ChangedMeanwhile
from scheduler.flows.adjusting.shelf import Shelf
from scheduler.flows.adjusting.standing import Standing
from scheduler.flows.adjusting.wishes import Wish

__all__ = ["AgainstRules", "ChangedMeanwhile", "Shelf", "Standing", "Wish"]
