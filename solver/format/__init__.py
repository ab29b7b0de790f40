"""The JSON documents of a problem and of a plan (`docs/planning.md`), read and written.

Reading finds every fault at once and raises nothing but `BadDocument`, whatever it is given.
"""

from solver.errors import BadDocument, Fault
from solver.format.digests import digest, digest_of
from solver.format.names import PLAN, PROBLEM
from solver.format.plans import read_baseline, read_plan
from solver.format.problems import read_problem, validated
from solver.format.writing import write_plan, write_problem

__all__ = [
    "PLAN",
    "PROBLEM",
    "BadDocument",
    "Fault",
    "digest",
    "digest_of",
    "read_baseline",
    "read_plan",
    "read_problem",
    "validated",
    "write_plan",
    "write_problem",
]
