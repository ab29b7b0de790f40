"""Calendars that others read: subscriptions, and the data behind the live account."""
