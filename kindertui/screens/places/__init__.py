"""The six places of the program, a screen each."""
