"""Asking for tenants at a meeting, and everything that comes after it."""
