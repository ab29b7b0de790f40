"""The year report: what the record says of a year, for one organisation or for the province."""

from scheduler.flows.year_report.files import Kind, YearFile, year_file
from scheduler.flows.year_report.gather import years_told

__all__ = ["Kind", "YearFile", "year_file", "years_told"]
