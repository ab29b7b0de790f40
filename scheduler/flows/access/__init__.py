"""Ways in for people: sign-in links, and passwords for calendar programs."""
