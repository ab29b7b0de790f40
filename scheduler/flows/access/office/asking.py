"""Going to the office and coming back: bound to one browser, one question, ten minutes."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from scheduler.domain.sealing import Seal, SealBroken
from scheduler.domain.secrets import new_token
from scheduler.flows.access.office.provider import OfficeRefused, Provider

SEALED_FOR = "office sign-in"
_SECONDS = 600
_SCOPE = "openid email profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What a browser keeps, sealed, while it is away at the office.

    `state` ties the answer to this browser, `nonce` the token to this question, and the `verifier`
    (RFC 7636) keeps a code that leaked from being used by somebody else.
    """

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    began_at: int

    def sealed(self, seal: Seal) -> str:
        """For a cookie."""
        return seal.seal(json.dumps(asdict(self)).encode()).decode("ascii")

    @classmethod
    def opened(cls, seal: Seal, cookie: str, *, at: datetime) -> "Asking":
        """Out of a cookie; OfficeRefused where there is none, or it is older than ten minutes."""
        try:
            found = cls(**json.loads(seal.open(cookie.encode())))
        except (SealBroken, ValueError, TypeError) as error:
            raise OfficeRefused("no question is out in this browser") from error
        if not 0 <= at.timestamp() - found.began_at <= _SECONDS:
            raise OfficeRefused("the question is too old")
        return found


def begin(provider: Provider, redirect_uri: str, *, at: datetime) -> tuple[str, Asking]:
    """Where to send the browser, and what it has to keep."""
    asking = Asking(
        state=new_token(),
        nonce=new_token(),
        verifier=new_token() + new_token(),
        began_at=int(at.timestamp()),
    )
    address = prepare_grant_uri(
        provider.authorization_endpoint,
        client_id=provider.office.client_id,
        response_type="code",
        redirect_uri=redirect_uri,
        scope=_SCOPE,
        state=asking.state,
        nonce=asking.nonce,
        code_challenge=create_s256_code_challenge(asking.verifier),
        code_challenge_method="S256",
    )
    return str(address), asking


def finish(
    provider: Provider,
    asking: Asking,
    answer: Mapping[str, str],
    redirect_uri: str,
    *,
    at: datetime,
) -> dict[str, Any]:
    """The claims of whoever came back.

    Args:
        provider: the office's server.
        asking: what the browser kept.
        answer: what came back in the address: `code`, `state`, and `iss` where it is sent.
        redirect_uri: where it came back to.
        at: the present instant.

    Raises:
        OfficeRefused: it is the answer to another question, from another server, or a refusal.
    """
    if not hmac.compare_digest(answer.get("state", "").encode(), asking.state.encode()):
        raise OfficeRefused("the answer is to another question")
    if answer.get("iss", provider.office.issuer) != provider.office.issuer:
        raise OfficeRefused("the answer is another server's")  # RFC 9207
    if not answer.get("code"):
        raise OfficeRefused("the office refused")
    return provider.claims(
        answer["code"],
        verifier=asking.verifier,
        nonce=asking.nonce,
        redirect_uri=redirect_uri,
        at=at,
    )
