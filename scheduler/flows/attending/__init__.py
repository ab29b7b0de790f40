"""What a representative does with a meeting: answers, keeps it in a calendar, comes along."""
