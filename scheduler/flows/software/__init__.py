"""Ways in for programs of those who ask: keys, kept answers, subscriptions."""
