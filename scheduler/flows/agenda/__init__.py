"""The agenda of a meeting: what it is about, written by who asked for it or who plans for all."""
