"""The entry line in words: what it means before Enter, why it is no plan, and its help."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from kindertui.domain.daylog import Entry
from kindertui.domain.due import Gap
from kindertui.domain.entry import (
    AbsenceReport,
    CommandWord,
    Grid,
    LineProblem,
    MemoNote,
    Plan,
    Step,
)  # fmt: skip
from kindertui.domain.entry.words import (
    command_word,
    content_word,
    menu_word,
    no_sleep_words,
    report_word,
    verb_word,
)
from kindertui.domain.menu import kept_only
from kindertui.domain.policy import Policy
from kindertui.domain.roster import ChildDay
from kindertui.i18n import _
from kindertui.phrases import clock, day, listed, long_day, number
from kindertui.phrases.absences import absence_kind, channel
from kindertui.phrases.daylog import kind, meal, portion
from kindertui.phrases.grid import grid_words
from kindertui.phrases.memos import note_words


def plan_words(
    plan: Plan, days: Sequence[ChildDay], names: Mapping[str, str], now: datetime, language: str
) -> list[tuple[str, str]]:
    """For each part of a plan: for whom, and what Enter will write. Consecutive parts for the same name them once."""
    parts: list[tuple[str, str]] = []
    before: tuple[str, ...] | None = None
    for part in plan.parts:
        who = "" if part.children == before else who_words(part.children, days, names, now.date())
        before = part.children
        if isinstance(part, CommandWord) and part.name == "day":
            parts.append(("", _("to {day}").format(day=long_day(date.fromisoformat(part.args)))))
        elif isinstance(part, CommandWord) and part.name == "incident":
            parts.append((who, _("{what}   Enter opens its form; or type what happened").format(what=kind("incident"))))
        elif isinstance(part, CommandWord):
            parts.append((who, command_word(part.name, language) + (f" {part.args}" if part.args else "")))
        elif isinstance(part, AbsenceReport):
            parts.append((who, report_words(part, now)))
        elif isinstance(part, MemoNote):
            whose = (part.group or _("the group")) if part.of_group else who
            parts.append((whose, note_words(part, now.date())))
        elif isinstance(part, Grid):
            parts.append((who, _("{what}   Enter asks for each child's own value").format(what=grid_words(part))))
        else:
            parts.append((who, step_words(part, now, language)))
    if parts and plan.day is not None and plan.day != now.date():
        who, what = parts[0]
        parts[0] = (f"{day(plan.day).upper()}  {who}".strip(), what)
    return parts


def who_words(children: tuple[str, ...], days: Sequence[ChildDay], names: Mapping[str, str], today: date) -> str:
    """Up to five names, or `all 9 who are in`, or all but a few."""
    inside = {one.child.id for one in days if one.there(today)}
    asked = set(children)
    if len(children) > 3 and asked == inside:
        past = any(one.day < today for one in days)
        return (_("all {n} who were in") if past else _("all {n} who are in")).format(n=len(children))
    if len(children) > 5 and asked < inside and len(inside - asked) <= 3:
        left = listed(names.get(one.child.id, "?") for one in days if one.child.id in inside - asked)
        return _("all but {names} ({n})").format(names=left, n=len(children))
    return listed(names.get(child_id, "?") for child_id in children)


def step_words(step: Step, now: datetime, language: str) -> str:
    """`lunch 11:30–11:50 · ate ¾ · bread`."""
    if kept_only(step):
        return _("menu of {meal}: {text} · kept, it lands on who eats it").format(
            meal=meal(str(step.detail.get("meal", ""))), text=step.text
        )
    what = _what(step, now, language)
    if step.menu:
        what = _("menu {what}").format(what=what)
    elif step.corrects:
        what = _("changes {what}").format(what=what)
    parts = [what]
    if step.kind == "meal" and step.amount is not None:
        parts.append(_("ate {portion}").format(portion=portion(step.amount)))
    elif step.kind in ("bottle", "drink") and step.amount is not None:
        amount, offered = number(step.amount), step.detail.get("offered")
        text = (
            _("{amount} of {offered} ml").format(amount=amount, offered=number(offered)) if offered else f"{amount} ml"
        )
        parts.append(text)
    elif step.kind == "temperature" and step.amount is not None:
        parts.append(f"{number(step.amount)} °C")
    elif step.kind == "nappy":
        parts.append(content_word(str(step.detail.get("content", "")), language))
    if step.for_staff:  # before the words: on a narrow screen they are cut
        parts.append(_("for staff only: parents do not read it"))
    if step.text:
        parts.append(_("fetched by {who}").format(who=step.text) if step.kind == "departure" else step.text)
    return " · ".join(part for part in parts if part)


def _what(step: Step, now: datetime, language: str) -> str:
    if step.kind == "sleep":
        if step.not_slept:
            return _not_slept(step.start, now)
        if step.ends_open:
            return _("awake since {time}").format(time=clock(step.end or now))
        start = clock(step.start or now)
        if step.end is None:
            return _("asleep since {time}").format(time=start)
        return _("slept {start}–{end}").format(start=start, end=_end(step))
    word = meal(str(step.detail.get("meal", ""))) if step.kind == "meal" else kind(step.kind)
    time = clock(step.start or now)
    return f"{word} {time}–{_end(step)}" if step.end else f"{word} {time}"


def _not_slept(at: datetime | None, now: datetime) -> str:
    """`did not sleep`, with its time where that is not now."""
    if at is None or at == now.replace(second=0, microsecond=0):
        return _("did not sleep")
    return _("did not sleep, {time}").format(time=clock(at))


def _end(step: Step) -> str:
    """The end, with a note where it is on another day than the start."""
    assert step.end is not None
    end = clock(step.end)
    if step.start is None or step.end.date() <= step.start.date():
        return end
    return _("{time} the next day").format(time=end)


def report_words(report: AbsenceReport, now: datetime) -> str:
    """`sick from today, until further notice · by phone`."""
    if report.kind == "swap_day" and report.last_day is not None:
        when = _("{one} becomes {other}").format(one=day(report.first_day), other=day(report.last_day))
    elif report.last_day is not None and report.last_day != report.first_day:
        when = _("{first} up to and including {last}").format(
            first=_day(report.first_day, now), last=day(report.last_day)
        )
    elif report.kind == "sick" and report.last_day is None:
        when = _("from {day}, until further notice").format(day=_day(report.first_day, now))
    else:
        when = _day(report.first_day, now)
    hours = "–".join(clock(at) for at in (report.start, report.end) if at)
    what = f"{absence_kind(report.kind)} {when} {hours}".strip()
    by = _("by {channel}").format(channel=channel(report.channel))
    return " · ".join(part for part in (what, by, report.text) if part)


def _day(value: date, now: datetime) -> str:
    return _("today") if value == now.date() else day(value)


def verb(name: str, language: str) -> str:
    """The word a verb, a report, a command or a menu is typed with, for a sentence; unknown names as they are."""
    for word in (verb_word, report_word, command_word):
        try:
            return word(name, language)  # type: ignore[arg-type]  # a report's kind is one of its table
        except KeyError:
            continue
    return menu_word(language) if name == "menu" else name


def problem_words(problem: LineProblem, language: str, *, typed_there: bool = True) -> str:
    """One sentence for a line that is no plan: what is wrong at this place and what is expected there.

    Not `typed_there`, but on the command line, where no Enter answers and nothing opens.
    """
    args = dict(problem.args)
    if problem.rule == "other_group" and not args["group"]:
        args["group"] = _("no group")
    if "day" in args:
        args["day"] = day(date.fromisoformat(args["day"]))
    if "verb" in args:
        args["verb"] = verb(args["verb"], language)
    if "verbs" in args:
        args["verbs"] = ", ".join(verb(name, language) for name in args["verbs"].split())
    if "command" in args:
        args["command"] = command_word(args["command"], language)
    if "no" in args:
        args["no"] = no_sleep_words(language)[0]
    if problem.rule == "verb_missing" and "name" in args and typed_there:
        return _("Enter opens {name}. What happened? in, out, sleep, lunch …").format(**args)
    if problem.rule == "name_unknown" and not typed_there:
        return _("No child here is called {word}.").format(**args)
    if problem.rule == "other_group" and not typed_there:
        return _("{name} is in {group}: say so with --group, or leave --group out.").format(**args)
    return _problems()[problem.rule].format(**args)


def _problems() -> dict[str, str]:
    return {
        "all_not_for_report": _("A report is about one child or a few: name them."),
        "all_other_day": _("Who was in on that day is not shown here: Enter goes to that day first."),
        "ambiguous": _("{word} can be {names}: type more of the name."),
        "among_words": _(
            "{word} would end up among the words: type it in front of them, or with a backslash before it as a word."
        ),
        "amount_invalid": _("{word} is no amount here: type a number in {unit}."),
        "amount_missing": _("How much, in {unit}?"),
        "amount_negative": _("{word} is less than nothing: type a number in {unit} without the minus."),
        "and_whom": _("Whose name stands behind {word}? Type it, or take {word} away."),
        "child_left": _("{name} left on {day}: whom do you mean?"),
        "child_stays": _("An entry stays with its child: take the names away."),
        "child_to_come": _("{name} comes from {day} on: whom do you mean?"),
        "command_alone": _("This word stands alone on a line: take the ; away."),
        "date_invalid": _("{word} is no day: type it as 25-11, tomorrow or a weekday."),
        "day_ambiguous": _("{word} can be {days}: type more of it."),
        "day_first": _("A line is for one day, which stands in front: {word}, then who and what."),
        "day_in_front": _(
            "{word} names a day, which stands in front with an @: a backslash before it keeps it as a word."
        ),
        "day_invalid": _("{word} is no day: type it as @yesterday, @19-11 or @mon."),
        "day_long_ago": _("{word} is a day of {year}, more than two years back: look at the year."),
        "day_missing": _("Which day? Type @yesterday, @19-11 or @mon."),
        "day_no_command": _("{command} is for the day on the screen: type {word} alone first."),
        "day_or_time": _("{word} can be the day {day} or the time {time}: type one of these."),
        "day_to_come": _("{word} is still to come: an entry is for today or before."),
        "day_twice": _("{word} can be {one} or {other}: type the date."),
        "days_too_many": _("{word} is a day too many: type the first and the last one."),
        "denied": _("{word} takes it back: type what did happen, or a note; a backslash before it keeps it as a word."),
        "did_you_mean": _("Did you mean {verb} {word}?"),
        "empty": _("Nothing is typed yet."),
        "for_staff_colon": _(
            "{word} without a colon is a word parents would read: type {mark} or ! to keep it from them, else \\{word}."
        ),
        "for_staff_first": _("{word} stands behind what happened and before the words, as n {word} mother called."),
        "for_staff_late": _(
            "{word} keeps words from parents that stand behind it: put it first, or type \\{word} as text."
        ),
        "for_staff_menu": _("A menu is for parents to read: take {word} away, or make it a note."),
        "for_staff_report": _("Words behind a report stay with the staff anyway: take {word} away."),
        "hour_twice": _("{word} can be {one} or {other}: type one of these."),
        "given_name_first": _("{word} is a surname here ({names}): type the given name."),
        "last_before_first": _("The last day comes before the first: turn them round."),
        "length": _("{word} is how long: type from when to when, as 1230-1415."),
        "length_of_absence": _("{word} is how long: type the last day, as until 25-11."),
        "memo_day_asked": _("{word}: is that the last day? Then type {until} {word}; if not, \\{word}."),
        "memo_far": _("{word} is more than a year off: a memo lasts a year at most, mind keeps what always holds."),
        "memo_from_today": _("A memo counts from today: take {word} away, and say until which day."),
        "memo_over": _("{word} is over: a memo lasts until today or a day to come."),
        "menu_for_all": _("A menu is for all who are in: take the name or the word menu away."),
        "menu_meal_missing": _("The menu of which meal: {expected}?"),
        "minus_without_all": _("A minus takes a child away from all: type all -name."),
        "minus_elsewhere": _("{name} is not in this group: take {word} away."),
        "name_late": _("{name} stands behind what happened: names come first."),
        "name_near": _("Nobody here is called {word}: {names}?"),
        "name_short": _("{word} is too short here: type more of the name ({names})."),
        "name_unknown": _("No child here is called {word}; / finds one."),
        "nap_asked": _("Did the child sleep? Type the times, as 1230-1415; if not: {no}."),
        "nappy_content_missing": _("What was in it: {expected}?"),
        "next_day_end_only": _("A + stands behind an end on the next day, as 2330-0030+."),
        "no_child_here": _("{command} is not about a child: type it without a name."),
        "no_end_here": _("{verb} has no end: type one time."),
        "no_open_end": _("{verb} cannot stay open: type an end, or one time only."),
        "no_sleep_no_end": _("No sleep has no end: type one time, or take {word} away."),
        "nobody_asleep": _("Nobody is asleep: name the child, or type sleep first."),
        "nobody_expected": _("Everybody who is expected is in already: name the child."),
        "nobody_in": _("Nobody is in yet: type all in first, or name the child."),
        "nobody_left": _("Nobody is left after taking these away: name fewer."),
        "nothing_to_recall": _("{name}: there is no text that {word} could bring back. Type it."),
        "not_sendable": _(
            "{word} would never reach the parents: the portal takes no < right before a letter. Put a space between."
        ),
        "nothing_written": _("Nothing of this kind was written lately that {word} could bring back. Type it."),
        "one_line": _("There is a line end or a control character here: take it away."),
        "other_group": _("{name} is in {group}: Enter for {given}."),
        "own_value_alone": _("A line with = stands alone: take the ; away."),
        "own_value_many": _("A line asks for {most} own values at most: take a = away."),
        "own_value_missing": _("A value is missing here: type it, or empty the row."),
        "own_value_not_here": _("Each child's own value stands behind what happened, as s 1230-=."),
        "own_value_words": _("{word} is too much: one value goes here."),
        "portion_invalid": _("{word} is no portion: type 0, ¼, ½, ¾ or 1, or the word for it."),
        "recall_unknown": _("{word} brings nothing back: type {expected}."),
        "second_amount": _("{word} would be a second amount: one is enough."),
        "second_content": _("A nappy is one of {expected}: for {wet} and {soiled} at once type {both}."),
        "second_time": _("{word} would be a second time: type a start and an end as 1230-1415."),
        "swap_needs_two_days": _("A swap needs two days: the one given up, then the one wanted."),
        "time_ago_other_day": _("Minutes ago are for today only: type the time."),
        "time_invalid": _("{word} is no time: type it as 1230 or 12:30."),
        "time_needed": _("This is another day: type the time."),
        "time_skipped": _(
            "{time} did not exist on this day: the clocks went forward. Type a later or an earlier time."
        ),
        "time_twice": _(
            "{time} came twice, as the clocks went back: type {time}a for the first, {time}b for the second."
        ),
        "time_vague": _("{word} is no time: type it as 1230 or 12:30."),
        "too_long": _("A line holds {limit} characters: shorten it."),
        "two_readings": _("{word} can be {amount} or {time}: type {typed} or {time}."),
        "verb_ambiguous": _("{word} can be {verbs}: type more of it."),
        "verb_missing": _("And what happened? in, out, sleep, lunch, nappy …"),
        "verb_unknown": _("{word} is not something that happens here. ? shows the words."),
        "which_is_time": _("{word} can be {one} or {other}: type the time with a colon."),
        "who_in_front": _("{word} stands in front: type {word}, then what happened."),
        "who_missing": _("For whom? Put the cursor on a child, mark some, or begin with a name."),
        "word_unknown": _("{word} is neither a child here nor something that happens. ? shows the words."),
        "words_missing": _("Type a few words behind {verb}."),
    }


def corrected_words(entry: Entry, was: str, at: str) -> str:
    """`corrected 11:50, was 120 ml`."""
    return _("corrected {time}, was {was}").format(time=at, was=was) if was else _("corrected {time}").format(time=at)


# The verb that a line for it begins with; food goes by what the child's age is asked for.
_VERBS = {"sleep_end": "woke", "departure": "out", "nappy": "nappy", "sleep": "sleep", "drink": "drink", "toilet": "wc",
          "weekly_piece": "note", "notebook": "note", "tell_parents": "incident"}  # fmt: skip


def begun_line(gap: Gap, policy: Policy, language: str) -> str:
    """The beginning of the line that would mend it, in the language of the screen: `woke `, `out `, `sleep ? `."""
    verb = _VERBS.get(gap.word)
    if verb is None:
        band = policy.band(gap.child.age_on(gap.day))
        kinds = [kind for due in band.dues if due.word == gap.word for kind in due.kinds] if band else []
        verb = "bottle" if kinds[:1] == ["bottle"] else "meal"
    if gap.word == "tell_parents":
        return verb_word(verb, language)  # alone it opens the form of the incident
    # "slept or not?": of a nap that is missing nobody knows that it begins now, so Enter alone writes nothing
    return verb_word(verb, language) + (" ? " if verb == "sleep" else " ")
