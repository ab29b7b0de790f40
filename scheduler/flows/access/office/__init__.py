"""Signing in by an office's own account (OpenID Connect Core 1.0, the code flow with PKCE)."""

from scheduler.flows.access.office.asking import Asking, begin, finish
from scheduler.flows.access.office.members import Members, holder_of_claims, read_members
from scheduler.flows.access.office.provider import OfficeRefused, Provider

__all__ = [
    "Asking",
    "Members",
    "OfficeRefused",
    "Provider",
    "begin",
    "finish",
    "holder_of_claims",
    "read_members",
]
