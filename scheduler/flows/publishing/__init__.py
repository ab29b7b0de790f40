"""What is in force: a plan made public, numbered and frozen, and how two of these differ."""
