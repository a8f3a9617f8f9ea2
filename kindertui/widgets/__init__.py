"""Widgets: they know domain values and words, never the database."""
