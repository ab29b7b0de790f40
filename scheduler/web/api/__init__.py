"""API v1: for the software of those who ask; by the Dutch API Design Rules (ADR 2.2)."""

from scheduler.web.api.app import create_api

__all__ = ["create_api"]
