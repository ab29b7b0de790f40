"""A municipality's calendar, read as proposals for meetings."""
