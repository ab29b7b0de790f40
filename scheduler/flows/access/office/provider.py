"""The office's server: where it is, what it is asked, and whether its answer can be relied on.

Its addresses come from its own description (OpenID Connect Discovery 1.0), which has to name the
issuer of the settings exactly; every connection goes through the guard.
"""

import json
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_token_request
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from calendars.stores import Guard, Login, StoreError, Web
from scheduler.domain.errors import AanTafelError, Sentence
from scheduler.settings import Office

_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
"""Signatures by a key that only the office has; never by a shared secret, never none."""

_WELL_KNOWN = "/.well-known/openid-configuration"
_LEEWAY_SECONDS = 60
_OK = HTTPStatus.OK


class OfficeRefused(AanTafelError):
    """The office didn't say who this is, or what it said can't be relied on."""

    def __init__(self, why: str = "") -> None:
        """Say what to do; `why` is for the log, and holds no secret."""
        super().__init__(
            Sentence(
                "Inloggen via uw organisatie lukte niet. Probeer het nog eens, of vraag een link.",
                "Signing in through your organisation didn't work. Try again, or ask for a link.",
            )
        )
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An office's server as it describes itself."""

    office: Office
    guard: Guard = field(repr=False)
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str

    @classmethod
    def discover(cls, office: Office, guard: Guard) -> "Provider":
        """Read the server's description.

        Raises:
            OfficeRefused: there is no answer, or it describes another issuer.
        """
        found = OpenIDProviderMetadata(_read(guard, office.issuer.rstrip("/") + _WELL_KNOWN))
        if found.get("issuer") != office.issuer:
            raise OfficeRefused("the description names another issuer")
        wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        places = {name: str(found.get(name, "")) for name in wanted}
        if not all(places.values()):
            raise OfficeRefused("the description lacks an address")
        return cls(office=office, guard=guard, **places)

    def claims(
        self, code: str, *, verifier: str, nonce: str, redirect_uri: str, at: datetime
    ) -> dict[str, Any]:
        """Change the code for an ID token, and give its claims once all of it holds.

        Raises:
            OfficeRefused: no token, or one that is forged, old, for somebody else or for another
                question.
        """
        answer = self._token(code, verifier=verifier, redirect_uri=redirect_uri)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise OfficeRefused("no ID token in the answer")
        return self._checked(token, nonce=nonce, at=at)

    def _token(self, code: str, *, verifier: str, redirect_uri: str) -> dict[str, Any]:
        body = prepare_token_request(
            "authorization_code",
            redirect_uri=redirect_uri,
            code=code,
            code_verifier=verifier,
            client_id=self.office.client_id,
        )
        login = Login(name=self.office.client_id, password=self.office.client_secret)
        return _read(self.guard, self.token_endpoint, body=body, login=login)

    def _checked(self, token: str, *, nonce: str, at: datetime) -> dict[str, Any]:
        try:
            keys = KeySet.import_key_set(_read(self.guard, self.jwks_uri))  # type: ignore[arg-type]
            found = jwt.decode(token, keys, algorithms=_ALGORITHMS)
            claims = CodeIDToken(
                found.claims,
                found.header,
                options={
                    "iss": {"essential": True, "value": self.office.issuer},
                    "aud": {"essential": True, "value": self.office.client_id},
                    "sub": {"essential": True},
                    "nonce": {"essential": True, "value": nonce},
                },
                params={"client_id": self.office.client_id, "nonce": nonce},
            )
            claims.validate(now=int(at.timestamp()), leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise OfficeRefused(type(error).__name__) from error
        return dict(claims)


def _read(
    guard: Guard, url: str, *, body: str | None = None, login: Login | None = None
) -> dict[str, Any]:
    """A JSON document from the office's server."""
    parts = urlsplit(url)
    web = Web(guard, login=login, origin=f"{parts.scheme}://{parts.netloc}", keeps_lines=False)
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    try:
        with closing(web):
            answer = web.request(
                "POST" if body else "GET", url, body, {"Accept": "application/json", **kind}
            )
        found = json.loads(answer.content) if answer.status_code == _OK else None
    except (StoreError, ValueError) as error:
        raise OfficeRefused(type(error).__name__) from error
    if not isinstance(found, dict):
        raise OfficeRefused("no document in the answer")
    return found
