"""API v1: for the software of those who ask; by the Dutch API Design Rules (ADR 2.2)."""

from scheduler.web.api.app import create_api
from scheduler.web.api.mounting import ApiFirst

__all__ = ["ApiFirst", "create_api"]
