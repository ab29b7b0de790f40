"""Records: lists, forms, sheets in and out, and the year that is set ready."""

from scheduler.web.pages.records import forms, lists, sheets, year

ROUTERS = (year.router, sheets.router, lists.router, forms.router)
"""In this order: what has a name of its own goes before what any record could be called."""
