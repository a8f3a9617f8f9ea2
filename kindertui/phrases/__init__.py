"""Values and rule ids in the words of the reader: dates, ages, lists of names, and what is wrong with the database.

Each subject has a module of its own beside this one. Everything is translated at the moment it is shown.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from kindertui.domain.faults import DatabaseFault
from kindertui.domain.people import Child
from kindertui.i18n import _, language, ngettext

HARM = "! "  # before what may hurt a child: it stands out without colour too
_LATEST_CHANGE = 4  # o'clock: the clocks go back at three at the latest in Europe; later hours are not looked at
# Babel's own short names (a test holds them to it), so that the first frame does without Babel. Norwegian abbreviates
# with a full stop and has one behind the number of the day; in Dutch and English short dates go without.
_WEEKDAYS = {
    "en": "mon tue wed thu fri sat sun", "nl": "ma di wo do vr za zo", "nb": "man. tir. ons. tor. fre. lør. søn.",
}  # fmt: skip
_MONTHS = {
    "en": "jan feb mar apr may jun jul aug sep oct nov dec", "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "nb": "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
}  # fmt: skip
_DOTTED = "nb"  # the language that says `30.` for the thirtieth, and `20.5.2026`


def day(value: date) -> str:
    """`fri 21 nov`, in the language of the screen: `fre. 21. nov.` in Norwegian."""
    weekday = _WEEKDAYS[language()].split()[value.weekday()]
    return f"{weekday} {_ordinal(value.day)} {_MONTHS[language()].split()[value.month - 1]}"


def day_cells() -> int:
    """Cells of the longest `day` in the language of the screen."""
    weekday, month = (max(map(len, names[language()].split())) for names in (_WEEKDAYS, _MONTHS))
    return weekday + month + len(_ordinal(30)) + 2


def weekday(number: int) -> str:
    """`mon`, for an ISO weekday (Monday 1), in the language of the screen."""
    return _WEEKDAYS[language()].split()[number - 1]


def dated(value: date) -> str:
    """`3 nov 2025`: of any year."""
    return f"{_ordinal(value.day)} {_MONTHS[language()].split()[value.month - 1]} {value.year}"


def numeric_day(value: date | None) -> str:
    """`3-5-2026`, as the care notes read it back; empty for None."""
    if value is None:
        return ""
    between = "." if language() == _DOTTED else "-"
    return f"{value.day}{between}{value.month}{between}{value.year}"


def _ordinal(number: int) -> str:
    return f"{number}." if language() == _DOTTED else str(number)


def long_day(value: date, locale: str | None = None) -> str:
    """`Thursday 19 November 2026`, in the language of the screen or in another."""
    locale = locale or language()
    return _by_babel(value, "EEEE d. MMMM y" if locale == _DOTTED else "EEEE d MMMM y", locale)


def _by_babel(value: date, pattern: str, locale: str) -> str:
    from babel.dates import format_date  # here: it takes longer to load than the first frame has for a date

    return format_date(value, pattern, locale=locale)


def clock(value: datetime | time) -> str:
    """`08:02`; in the hour that comes twice with the letter it is typed with: `02:30b`."""
    text = f"{value:%H:%M}"
    if isinstance(value, datetime) and value.hour < _LATEST_CHANGE and value.tzinfo is not None:
        first, second = value.replace(fold=0).utcoffset(), value.replace(fold=1).utcoffset()
        if first is not None and second is not None and first > second:
            return text + ("b" if value.fold else "a")
    return text


def full_stop(words: str) -> str:
    """The words as a sentence: `… to Fri 4 Dec.`, and no second full stop behind `fre. 4. des.`"""
    return words if words.endswith(".") else f"{words}."


def moment(value: datetime) -> str:
    """`fri 21 nov 12:30`."""
    return f"{day(value.date())} {clock(value)}"


def span(minutes: int) -> str:
    """`0:45` of hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02}"


def number(value: float, locale: str | None = None) -> str:
    """`38,2`, without digits it does not need, in the language of the screen or in another."""
    return decimal(f"{value:g}", locale)


def decimal(value: str, locale: str | None = None) -> str:
    """`38,2` for `38.2`, where the language of the screen (or another) writes it so."""
    return value if (locale or language()) == "en" else value.replace(".", ",")


def age(child: Child, on: date) -> str:
    """`1;4`: years and months, the staff's own notation; `?` when the birth date is unknown."""
    found = child.age_on(on)
    return "?" if found is None else f"{found[0]};{found[1]}"


def listed(names: Iterable[str], *, most: int = 5) -> str:
    """`Aya, Bram and 3 more`."""
    every = list(names)
    if len(every) <= most:
        return ", ".join(every)
    rest = len(every) - most + 1
    return ", ".join(every[: most - 1]) + " " + ngettext("and {n} more", "and {n} more", rest).format(n=rest)


def short_names(children: Iterable[Child]) -> dict[str, str]:
    """Call names by child id; where two share one, with as much of the surname as tells them apart."""
    every = list(children)
    by_given: dict[str, list[Child]] = {}
    for child in every:
        by_given.setdefault(child.given_name.casefold(), []).append(child)
    names = {}
    for child in every:
        same = by_given[child.given_name.casefold()]
        if len(same) == 1:
            names[child.id] = child.given_name
            continue
        initials = [other.surname[:1] for other in same]
        tail = child.surname[:1] if initials.count(child.surname[:1]) == 1 else child.surname
        names[child.id] = f"{child.given_name} {tail}".strip()
    return names


def fault(problem: DatabaseFault) -> str:
    """One sentence for a database that cannot be used: what, where, what to do now."""
    sentences = {
        "db_missing": _("There is no location here yet ({path}): type kindertui init to make one, or make demo to look around."),
        "db_empty": _("The database {path} is empty: it was never filled or was cut off. Put a backup in its place."),
        "db_foreign": _("The file {path} is not kindertui's: it was left as it is. Move it away, or choose another folder with KINDERTUI_HOME."),
        "db_newer": _("The database {path} was made by a newer kindertui: update this workstation. Nothing was changed."),
        "db_older": _("The database {path} is of an earlier kindertui and could not be brought up: make room beside it and start again. Nothing was changed."),
        "db_truncated": _("The database {path} is cut short: part of it is missing. Nothing was changed; put a backup in its place."),
        "db_damaged": _("The database {path} cannot be read: it is damaged, or its key is another one. Nothing was changed; start again, and if it says so again, put a backup in its place."),
        "db_locked": _("Not saved: another window is saving ({path}). Your text is kept; press Enter again."),
        "db_full": _("Not saved: the disk is full ({path}). Your text is kept; make room and press Enter again."),
        "db_disk": _("The disk does not answer ({path}): nothing was saved. Your text is kept; ask who looks after this machine, then press Enter again."),
        "db_memory": _("Not saved: this computer has no memory left ({path}). Your text is kept; close other programs and press Enter again."),
        "db_read_only": _("Not saved: {path} can only be read. Your text is kept; ask who looks after this machine for the right to write."),
        "db_key_missing": _("The key of the database is missing ({path}): take the recovery key and type kindertui key recover."),
        "db_keyring_missing": _("This system's keyring cannot be reached: sign in at the desktop and try again, or open the location with its recovery key (kindertui key recover)."),
        "db_keyring_locked": _("This system's keyring is locked: unlock it and try again, or open the location with its recovery key (kindertui key recover)."),
        "db_keyring_asks": _("This system's keyring did not answer: it may ask for its password in another window. Answer there and try again, or open the location with its recovery key (kindertui key recover)."),
        "db_keyring_empty": _("This system's keyring does not have the key of this location: open it with its recovery key (kindertui key recover)."),
        "db_keys_damaged": _("The file {path}, which has the keys of the database in envelopes, is cut short or altered: put it back from a copy. Where the location still opens, kindertui key renew makes it anew; else restore a backup with the recovery key."),
        "db_key_unsafe": _("Others can read the key of the database ({path}): take their rights away (chmod 600) and start again."),
        "db_no_access": _("The database cannot be opened ({path}): ask who looks after this machine for the right to it."),
        "folder_open": _("Others can write in the folder {path}, and could put another database there: take their rights away (chmod 700) and start again."),
        "folder_not_yours": _("The folder {path} is another account's: sign in to the computer with that account, or choose another folder with KINDERTUI_HOME."),
        "file_link": _("{path} is only a link to a file elsewhere: put the file itself there, or choose its folder with KINDERTUI_HOME."),
        "db_exists": _("There is a location here already ({path}): it was left as it is. Choose another folder with KINDERTUI_HOME."),
        "db_old_driver": _("The SQLite in this installation is too old to keep data safe: install kindertui again."),
    }  # fmt: skip
    return sentences[problem.rule].format(path=problem.path)


def taken_back_words() -> str:
    """What is said once, when the writing of a file that a killed program began was taken back."""
    return _(
        "The program was ended in the middle of a file: all is as it was before. Do what you did with it once more."
    )
