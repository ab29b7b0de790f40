"""The cookies that prove something: who is signed in, and which browser asked to be."""

from fastapi import Response

from scheduler.web.context import Context

_DAY = 24 * 3600
_HOUR = 3600
_TEN_MINUTES = 600


def remember_session(response: Response, context: Context, token: str) -> None:
    """Let the browser stay signed in for as many days as a session lasts."""
    _set(
        response,
        context,
        context.session_cookie,
        token,
        seconds=context.settings.web.session_days * _DAY,
    )


def forget_session(response: Response, context: Context) -> None:
    """Let the browser forget that anybody was signed in."""
    response.delete_cookie(
        context.session_cookie, httponly=True, samesite="lax", secure=context.secure
    )


def remember_asking(response: Response, context: Context, secret: str) -> None:
    """Let the browser prove for an hour that it is the one that asked for a link."""
    _set(response, context, context.asking_cookie, secret, seconds=_HOUR)


def remember_office(response: Response, context: Context, sealed: str) -> None:
    """Let the browser keep its question while it is away at its own organisation."""
    _set(response, context, context.office_cookie, sealed, seconds=_TEN_MINUTES)


def forget_office(response: Response, context: Context) -> None:
    """The question has been answered."""
    response.delete_cookie(
        context.office_cookie, httponly=True, samesite="lax", secure=context.secure
    )


def _set(response: Response, context: Context, name: str, value: str, *, seconds: int) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=context.secure,
    )
