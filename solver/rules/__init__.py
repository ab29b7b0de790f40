"""The rule book's rules, one to a file, as they judge a plan (`docs/planning.md`).

`RULES` lists them once, hard to soft, in the rule book's order.
"""

from solver.rules.available import AVAILABLE
from solver.rules.bans import BANS
from solver.rules.comfort import COMFORT
from solver.rules.deputy import DEPUTY
from solver.rules.expertise import EXPERTISE
from solver.rules.limits import LIMITS
from solver.rules.one_place import ONE_PLACE
from solver.rules.pins import PINS
from solver.rules.presence import PRESENCE
from solver.rules.roster import Roster
from solver.rules.rule import Hard, Soft, Violation
from solver.rules.seats import SEATS
from solver.rules.spread import SPREAD
from solver.rules.stability import STABILITY
from solver.rules.standby import STANDBY
from solver.rules.standing import STANDING
from solver.rules.voice import VOICE
from solver.rules.voices import VOICES
from solver.rules.workload import WORKLOAD

HARD: tuple[Hard, ...] = (
    SEATS,
    STANDING,
    STANDBY,
    ONE_PLACE,
    AVAILABLE,
    LIMITS,
    PINS,
    BANS,
    VOICES,
)
SOFT: tuple[Soft, ...] = (
    PRESENCE,
    VOICE,
    EXPERTISE,
    DEPUTY,
    STABILITY,
    WORKLOAD,
    SPREAD,
    COMFORT,
)
RULES: tuple[Hard | Soft, ...] = (*HARD, *SOFT)

__all__ = ["HARD", "RULES", "SOFT", "Hard", "Roster", "Soft", "Violation"]
