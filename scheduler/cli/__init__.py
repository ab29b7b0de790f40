"""The command `aantafel`: everything that can be done without a browser."""

from scheduler.cli.main import main

__all__ = ["main"]
