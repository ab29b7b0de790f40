"""Passkeys (WebAuthn Level 3): a key on somebody's own device; we know its public part alone.

What the device signs is bound to our address, so a copy of our pages elsewhere gets nothing.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

from scheduler.db import audits
from scheduler.db.tables import SecondFactor
from scheduler.db.tables import Session as Browser
from scheduler.domain.access import Actor
from scheduler.domain.ids import new_id
from scheduler.domain.secrets import hashed
from scheduler.domain.terms import FactorKind
from scheduler.flows.access.second.factors import must_own_factors, new_challenge
from scheduler.flows.access.second.proving import must_not_wait, note_try
from scheduler.flows.access.sessions import SignedIn, confirmed

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Relying:
    """Who relies on the signature: our host, and the address that pages come from.

    Browsers know passkeys for names only: never for a bare number as host (section 5.1.3).
    """

    host: str
    origin: str

    @property
    def is_possible(self) -> bool:
        """Whether browsers make passkeys for this address."""
        secure = self.origin.startswith("https://") or self.host == "localhost"
        return secure and not self.host.replace(".", "").isdecimal() and ":" not in self.host


def offer_passkey(session: Session, signed_in: SignedIn, relying: Relying, name: str) -> str:
    """What the browser needs to make a new passkey, as the JSON that browsers read.

    Raises:
        NotAllowed: the account can't have a second factor.
    """
    must_own_factors(signed_in.actor)
    options = generate_registration_options(
        rp_id=relying.host,
        rp_name="Aan Tafel",
        user_id=hashed(signed_in.actor.account).encode()[:64],
        user_name=name,
        challenge=_challenge(session, signed_in),
        exclude_credentials=_known(session, signed_in.actor),
        authenticator_selection=AuthenticatorSelectionCriteria(
            user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return options_to_json(options)


def add_passkey(
    session: Session, signed_in: SignedIn, relying: Relying, answer: str, name: str, *, at: datetime
) -> bool:
    """Keep the passkey that the browser made; False where its answer doesn't fit.

    Raises:
        NotAllowed: the account can't have a second factor.
    """
    actor = signed_in.actor
    must_own_factors(actor)
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=_asked(session, signed_in),
            expected_rp_id=relying.host,
            expected_origin=relying.origin,
        )
    except WebAuthnException:
        return False
    factor = SecondFactor(
        id=new_id("sf"),
        account=actor.account,
        kind=FactorKind.PASSKEY,
        name=" ".join(name.split())[:_LONGEST_NAME] or "Passkey",
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        counter=made.sign_count,
        created_at=at,
        last_used_at=at,
    )
    session.add(factor)
    audits.record(session, actor, "add", noun="second factor", noun_id=factor.id, at=at)
    session.flush()
    return True


def passkey_question(session: Session, signed_in: SignedIn, relying: Relying) -> str:
    """What the browser needs to ask a passkey for its signature, as JSON."""
    options = generate_authentication_options(
        rp_id=relying.host,
        challenge=_challenge(session, signed_in),
        allow_credentials=_known(session, signed_in.actor),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json(options)


def prove_by_passkey(
    session: Session, signed_in: SignedIn, relying: Relying, answer: str, *, at: datetime
) -> SignedIn | None:
    """The session, open and under a new token, where the signature is good; None where it isn't.

    Raises:
        TooManyTries: too much was wrong in a row.
    """
    actor = signed_in.actor
    must_not_wait(session, actor, at)
    row = _named(session, actor, answer)
    good = row is not None and _signed(session, signed_in, relying, (answer, row), at)
    note_try(session, actor, good=good, at=at)
    return confirmed(session, signed_in, at=at) if good else None


def _signed(
    session: Session,
    signed_in: SignedIn,
    relying: Relying,
    given: tuple[str, SecondFactor],
    at: datetime,
) -> bool:
    answer, row = given
    try:
        proof = verify_authentication_response(
            credential=answer,
            expected_challenge=_asked(session, signed_in),
            expected_rp_id=relying.host,
            expected_origin=relying.origin,
            credential_public_key=row.public_key or b"",
            credential_current_sign_count=row.counter,
        )
    except WebAuthnException:
        return False
    row.counter, row.last_used_at = proof.new_sign_count, at
    session.flush()
    return True


def _named(session: Session, actor: Actor, answer: str) -> SecondFactor | None:
    """The account's own passkey that the answer names; somebody else's is none."""
    try:
        credential = base64url_to_bytes(json.loads(answer)["rawId"])
    except (ValueError, KeyError, TypeError):
        return None
    query = select(SecondFactor).where(
        SecondFactor.account == actor.account, SecondFactor.credential_id == credential
    )
    return session.exec(query).first()


def _known(session: Session, actor: Actor) -> list[PublicKeyCredentialDescriptor]:
    query = select(SecondFactor.credential_id).where(
        SecondFactor.account == actor.account, SecondFactor.kind == FactorKind.PASSKEY
    )
    return [PublicKeyCredentialDescriptor(id=each) for each in session.exec(query) if each]


def _challenge(session: Session, signed_in: SignedIn) -> bytes:
    challenge = new_challenge()
    row = session.get_one(Browser, hashed(signed_in.token))
    row.challenge = bytes_to_base64url(challenge)
    session.flush()
    return challenge


def _asked(session: Session, signed_in: SignedIn) -> bytes:
    """The challenge that is out, once: whatever comes of it, another answer needs another one."""
    row = session.get_one(Browser, hashed(signed_in.token))
    challenge, row.challenge = row.challenge, ""
    return base64url_to_bytes(challenge) or new_challenge()
