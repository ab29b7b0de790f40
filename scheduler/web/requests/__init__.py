"""A request behind its pages: opened by who is signed in or by a mailed link, typed, and judged."""
