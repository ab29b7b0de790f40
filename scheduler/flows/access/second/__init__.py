"""A second factor beside the link: programs that show codes, passkeys, and recovery codes."""

from scheduler.flows.access.second.factors import (
    FactorView,
    Shown,
    factors_of,
    has_factor,
    recovery_codes_left,
    remove_factor,
    renew_recovery_codes,
    second_needed,
)
from scheduler.flows.access.second.passkeys import (
    Relying,
    add_passkey,
    offer_passkey,
    passkey_question,
    prove_by_passkey,
)
from scheduler.flows.access.second.program import begin_program, confirm_program, program_address
from scheduler.flows.access.second.proving import prove_by_code

__all__ = [
    "FactorView",
    "Relying",
    "Shown",
    "add_passkey",
    "begin_program",
    "confirm_program",
    "factors_of",
    "has_factor",
    "offer_passkey",
    "passkey_question",
    "program_address",
    "prove_by_code",
    "prove_by_passkey",
    "recovery_codes_left",
    "remove_factor",
    "renew_recovery_codes",
    "second_needed",
]
