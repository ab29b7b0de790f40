"""Invitations, changes and news by mail: what goes out, and what comes back."""
