"""What the app needs beside its screens: the theme, drawing at once, watching for changes."""
