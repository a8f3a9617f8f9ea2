"""The documents that are made by the program itself: `python -m docs`."""
