"""A made-up year in the loaded province: people, mandates and meetings, all marked as sample.

Everything is drawn from a seed, and each person and each table from a stream of its own: the same
province, year and seed give the same rows, and a table more leaves the others as they were.
"""
