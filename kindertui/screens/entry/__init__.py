"""The entry line of a place: what a typed line means, its preview, its value grid, and saving it."""
