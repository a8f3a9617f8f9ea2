"""The help of a place: its keys, and where there is an entry line its grammar and words."""

from kindertui.commands import COMMANDS, LINE_PLACES, Place, key_name
from kindertui.domain.entry.words import VERB_WORDS, command_word
from kindertui.i18n import _


def help_lines(place: Place, language: str) -> list[tuple[str, str]]:
    """Text and tone: the keys of a place by group; on a place with an entry line its grammar and words first."""
    lines: list[tuple[str, str]] = []
    if place in LINE_PLACES:
        lines += [(_("who? what when? how-much? words?"), "accent"), *_examples(), ("", "plain")]
        lines += [
            (f"{words.split()[0]:12} {' '.join(words.split()[1:])}", "plain") for words in VERB_WORDS[language].values()
        ]
        lines.append(("", "plain"))
    group = ""
    for command in COMMANDS:
        if not command.at(place):
            continue
        if command.group != group:
            group = command.group
            lines.append((_(group), "accent"))
        keys = " ".join(_(key_name(key)) for key in command.keys) or command_word(command.word, language)
        lines.append((f"{keys:12} {_(command.help)}", "plain"))
    return lines


def _examples() -> list[tuple[str, str]]:
    return [
        (_("s 1230-1415         slept from 12:30 to 14:15 (who: the marked, else the cursor)"), "plain"),
        (_("all -aya s 1230     everybody who is in but Aya"), "plain"),
        (_("in 8:02; b 150      two entries for the same child"), "plain"),
        (_("lunch 1130-1150 ¾   none little half most all, or 0 ¼ ½ ¾ 1"), "plain"),
        (_("b 180/150   d wet   temp 38.2   -10 is ten minutes ago"), "plain"),
        (_("s no                did not sleep; s no 1300, s no, cried"), "plain"),
        (_("n ! mother called   for staff only: parents do not read it"), "plain"),
        (_("d 0830 1110 w       two nappies; s 930-1015 1230-1415 two naps"), "plain"),
        (_("s 1230-=   lunch =  each child's own value, row by row"), "plain"),
        (_("@yesterday   @19-11 another day; 2330-0030+ ends the day after"), "plain"),
        (_("menu lunch pasta    for all who are in; & brings the last text back"), "plain"),
    ]
