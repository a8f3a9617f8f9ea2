"""Sheets over a place: to read, to pick from, to fill in."""
