"""Rows and the questions asked of them: the only package that knows SQL."""
