"""Use cases, one file each. Only here do rows meet the solver and the calendars."""
