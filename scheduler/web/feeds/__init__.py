"""Calendars to subscribe to, over HTTP: their answers, and the pages that explain them."""
