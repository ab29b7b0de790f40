"""Input and the brief behind their pages: an organisation's own, and on paper."""
