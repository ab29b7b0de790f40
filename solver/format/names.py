"""Names that the documents carry: of the formats, and of the limits in a representative."""

PROBLEM = "delegation-problem/1"
PLAN = "delegation-plan/1"

# The document's key of each limit, and its name in `Limits`.
LIMITS = {
    "max_minutes_per_week": "minutes_per_week",
    "max_meetings_per_week": "meetings_per_week",
    "max_meetings_per_month": "meetings_per_month",
    "max_office_hours_meetings_per_week": "office_hours_meetings_per_week",
    "max_office_hours_meetings_per_month": "office_hours_meetings_per_month",
    "max_travel_minutes": "travel_minutes",
}
