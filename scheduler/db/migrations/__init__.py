"""Alembic's scripts, and the two calls that the application makes of them."""
