"""A plan laid out so that many questions about single changes are answered at once.

Nothing is solved here: what a change does to a tier is reckoned from the rules' own pieces, and
what forbids it from section 3 and 4 of the rule book.
"""

from solver.position.parts import Part
from solver.position.position import Effect, Position
from solver.position.refusals import Barrier, Refusal

__all__ = ["Barrier", "Effect", "Part", "Position", "Refusal"]
