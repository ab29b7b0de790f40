"""Somebody can't come: who could, asking them, and the first who says yes takes the place.

Its modules are imported one by one: answering an invitation asks the deputy, and whoever steps in
has answered the invitation.
"""
