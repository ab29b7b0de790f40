"""A province's facts as rows, the made-up year, and what both are held against."""
