"""A program that shows codes by the clock (TOTP, RFC 6238): set up, and its codes checked.

SHA-1, six digits and steps of thirty seconds are what every such program understands.
"""

import base64
import hmac
import secrets
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlmodel import Session

from scheduler.db import audits
from scheduler.db.tables import SecondFactor
from scheduler.db.tables import Session as Browser
from scheduler.domain.ids import new_id
from scheduler.domain.sealing import Seal
from scheduler.domain.secrets import hashed
from scheduler.domain.terms import FactorKind
from scheduler.flows.access.second.factors import must_own_factors
from scheduler.flows.access.sessions import SignedIn

SEALED_FOR = "second factor"
STEP_SECONDS = 30
_KEY_BYTES, _DIGITS = 20, 6
_DRIFT = (0, -1, 1)
"""Steps beside the present one that count, as clocks of phones differ (RFC 6238, section 5.2)."""


def begin_program(session: Session, signed_in: SignedIn, seal: Seal) -> str:
    """The key to scan or type over, in base32; it counts once a code made with it is given.

    It stays the same for this session until then, so that a page that is loaded again shows it.

    Raises:
        NotAllowed: the account can't have a second factor.
    """
    must_own_factors(signed_in.actor)
    row = session.get_one(Browser, hashed(signed_in.token))
    if row.setting_up is None:
        row.setting_up = seal.seal(secrets.token_bytes(_KEY_BYTES))
    return base64.b32encode(seal.open(row.setting_up)).decode("ascii")


def program_address(key: str, name: str) -> str:
    """What the QR code says: the key, and how the program is to call it."""
    return _totp(base64.b32decode(key)).get_provisioning_uri(name, "Aan Tafel")


def confirm_program(
    session: Session, signed_in: SignedIn, seal: Seal, code: str, *, at: datetime
) -> bool:
    """Begin to use the program, where the code was made with the key that was shown.

    Raises:
        NotAllowed: the account can't have a second factor.
    """
    actor = signed_in.actor
    must_own_factors(actor)
    row = session.get_one(Browser, hashed(signed_in.token))
    key = seal.open(row.setting_up) if row.setting_up else b""
    step = fitting_step(key, code, after=0, at=at) if key else None
    if step is None:
        return False
    factor = SecondFactor(
        id=new_id("sf"),
        account=actor.account,
        kind=FactorKind.TOTP,
        name="Codes",
        sealed=seal.seal(key),
        counter=step,
        created_at=at,
        last_used_at=at,
    )
    session.add(factor)
    row.setting_up = None
    audits.record(session, actor, "add", noun="second factor", noun_id=factor.id, at=at)
    session.flush()
    return True


def fitting_step(key: bytes, code: str, *, after: int, at: datetime) -> int | None:
    """The step whose code this is, later than one that was used; None for a wrong or used code."""
    typed = "".join(code.split()).encode()
    now = int(at.timestamp()) // STEP_SECONDS
    steps = (now + drift for drift in _DRIFT)
    good = (
        step
        for step in steps
        if step > after and hmac.compare_digest(_totp(key).generate(step * STEP_SECONDS), typed)
    )
    return next(good, None)


def _totp(key: bytes) -> TOTP:
    # SHA-1 is what RFC 6238 names and programs know; as an HMAC it has no known weakness here.
    return TOTP(key, _DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303
