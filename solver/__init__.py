"""Shares out meetings over representatives: a pure optimisation library.

Dataclasses in, dataclasses out; no files, no logging, no clock but its own time limit.
"""
