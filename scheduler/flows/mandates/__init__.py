"""Speaking for each other: mandates that both boards agreed to, and taking part at all."""
