"""Calendaring without database or solver: entries, iCalendar, and a live CalDAV account."""
