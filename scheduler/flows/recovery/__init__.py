"""Backups: everything of an installation in one file, and an installation out of that file."""

from scheduler.flows.recovery.archive import BadBackup
from scheduler.flows.recovery.back_up import Made, back_up
from scheduler.flows.recovery.restore import Restored, restore

__all__ = ["BadBackup", "Made", "Restored", "back_up", "restore"]
