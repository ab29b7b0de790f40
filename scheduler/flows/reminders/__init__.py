"""Reminders that people choose themselves: before a meeting, and once a week what is coming."""
