"""A report-back behind its pages: typed, read over, and read."""
