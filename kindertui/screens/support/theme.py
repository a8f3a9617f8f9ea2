"""The two looks. Every tone is told by a word or a sign as well, so nothing is lost without colour."""

from textual.theme import Theme

# Each colour in the dark and in the light look. Names with a hyphen are variables of app.tcss.
_COLOURS = {
    "primary": ("#7fb069", "#3c7a2a"),
    "accent": ("#f2c14e", "#8a5a00"),
    "foreground": ("#e6e6e1", "#20242a"),
    "background": ("#171a1e", "#fbfaf6"),
    "surface": ("#171a1e", "#fbfaf6"),
    "panel": ("#1f2328", "#efede5"),
    "warning": ("#e8a857", "#8f5300"),
    "error": ("#e8795a", "#b3321c"),
    "success": ("#7fb069", "#3c7a2a"),
    "tone-dim": ("#8d949c", "#666a70"),
    "tone-line": ("#4a5058", "#b9b6ab"),
    "tone-accent": ("#f2c14e", "#8a5a00"),
    "tone-sleep": ("#7fa8dc", "#1f5fa8"),
    "tone-food": ("#e6e6e1", "#20242a"),
    "tone-care": ("#c9a06a", "#7a5220"),
    "tone-due": ("#e8a857", "#8f5300"),
    "tone-danger": ("#ee7f60", "#b3321c"),
    "tone-good": ("#86ba70", "#2f6b1f"),
    "tone-plain": ("#e6e6e1", "#20242a"),
    "tone-strong": ("#ffffff", "#000000"),
    "tone-cursor": ("#2b3a2c", "#dcebd2"),
    "input-cursor-background": ("#f2c14e", "#20242a"),
    "input-cursor-foreground": ("#171a1e", "#fbfaf6"),
}


def _theme(name: str, look: int) -> Theme:
    colours = {colour: looks[look] for colour, looks in _COLOURS.items()}
    variables = {colour: colours.pop(colour) for colour in [*colours] if "-" in colour}
    return Theme(name, dark=look == 0, variables=variables, **colours)  # type: ignore[arg-type]  # each is a colour


DARK, LIGHT = _theme("kindertui-dark", 0), _theme("kindertui-light", 1)
