"""The digest of a board: what was decided for its organisation, what is coming, what it owes."""
