"""kindertui: the group's day at the keyboard."""

__version__ = "0.1.0"
