"""Use cases: one file each, `flow(session, actor, …)`. Only here do rows meet solver and calendars."""
