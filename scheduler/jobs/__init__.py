"""What runs beside the pages: the clock, its ticks, and the process that solves."""
