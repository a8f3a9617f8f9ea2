"""What speaks against an entry, in a sentence for each rule; several of them gathered for the rows there are."""

from collections.abc import Mapping, Sequence
from datetime import date

from kindertui.domain.care_notes import HARMFUL
from kindertui.domain.parents import PARENT_RULES
from kindertui.domain.plausibility import Finding
from kindertui.i18n import _
from kindertui.phrases import dated, day, decimal, listed
from kindertui.phrases.care_notes import relation
from kindertui.phrases.daylog import meal
from kindertui.phrases.history import record_word
from kindertui.phrases.parents import parents_words

_MOST_LETTERS = 40  # of people's own text in a sentence about it: the sentence has to fit two narrow rows
_FIGURES = ("amount", "offered", "low", "high", "most", "hours")


def finding_words(finding: Finding, names: Mapping[str, str]) -> str:
    """`Bram: has a lunch at 11:35. A second one?`"""
    child = names.get(finding.child_id, "")
    if finding.rule in PARENT_RULES:
        sentence = parents_words(finding)
        return f"{child}: {sentence}" if child else sentence
    args = dict(finding.args)
    if "kind" in args:
        args["kind"] = record_word(args["kind"])
    if "meal" in args:
        args["meal"] = meal(args["meal"])
        if finding.args.get("kind") == "meal":
            args["kind"] = args["meal"]
    for name in ("fact", "medicine", "who", "word"):
        if len(args.get(name, "")) > _MOST_LETTERS:
            args[name] = args[name][: _MOST_LETTERS - 1] + "…"
    if args.pop("relation", ""):
        args["who"] += f" ({relation(finding.args['relation'])})"
    for name, written in (("first", dated), ("last", dated), ("day", day)):
        if name in args:
            args[name] = written(date.fromisoformat(args[name]))
    for name in _FIGURES:
        if name in args:
            args[name] = decimal(args[name])
    if "apart" in args:
        args["apart"] = _long(int(args["apart"]))
    sentence = (_said_otherwise(finding) or _findings()[finding.rule]).format_map(_Blank(args))
    return f"{child}: {sentence}" if child else sentence


def _said_otherwise(finding: Finding) -> str:
    """The sentence of a rule whose own one does not fit what was found."""
    rule, args = finding.rule, finding.args
    if rule == "while_asleep" and "until" in args:
        return _("slept {since}–{until}, and {kind} is at {time}. Right?")
    if rule == "overlaps_sleep" and not args.get("end", "?"):
        return _("is asleep since {start} already: two sleeps at once?")
    if rule == "ends_before_start" and args.get("verb") == "woke":
        return _("fell asleep at {start}, so cannot have woken at {end}: type a later time.")
    if rule == "medicine_soon" and "day" in args:  # not the day of the entry
        return _("had {medicine} on {day} at {time}, less than {apart} from this. Given all the same?")
    if rule == "not_in" and "time" in args:  # "type in" would bring a child back who went home
        return _("went home at {time}: type an earlier time, or in if the child came back.")
    if rule == "out_not_in" and "time" in args:
        return _("went home at {time} already: correct that row on the day of the child.")
    if rule == "out_not_in" and "since" in args:
        return _("was not signed out yesterday (in at {since}): Esc, then , begins that line.")
    return ""


def _long(minutes: int) -> str:
    """`6 h`, `45 min`, `1 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    parts = [_("{n} h").format(n=hours)] if hours else []
    return " ".join([*parts, _("{n} min").format(n=rest)] if rest or not hours else parts)


def gathered_words(findings: Sequence[Finding], names: Mapping[str, str]) -> tuple[str, int]:
    """One sentence for the first finding and for all that say the same of other children, and how many are left.

    Of allergies and diets every child is named: `MIND: Aya cow milk (yoghurt), Bram nuts. All the same?`
    """
    sentence, left = _gathered(findings, names)
    return sentence, len(left)


def asked_words(findings: Sequence[Finding], names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Every sentence there is to read before the same line is entered again, gathered as `gathered_words` does; and its weight."""
    sentences = []
    while findings:
        weight = findings[0].weight
        sentence, findings = _gathered(findings, names)
        sentences.append((sentence, weight))
    return sentences


def _gathered(findings: Sequence[Finding], names: Mapping[str, str]) -> tuple[str, list[Finding]]:
    first = findings[0]
    same = [one for one in findings if one.rule == first.rule]
    if first.rule == "care_fact" and len(same) > 1:
        same.sort(key=lambda one: one.args.get("kind") not in HARMFUL)  # a list that is cut loses what hurts last
        facts = dict.fromkeys(f"{names.get(one.child_id, '?')} {_fact_and_food(one)}".strip() for one in same)
        sentence = _("MIND: {facts}. All the same?").format(facts=", ".join(facts))
        return sentence, [one for one in findings if one.rule != first.rule]
    alike = [one for one in same if one.args == first.args]
    alike_names = listed(dict.fromkeys(names[one.child_id] for one in alike if one.child_id in names))
    left = [one for one in findings if one.rule != first.rule or one.args != first.args]
    return finding_words(first, {first.child_id: alike_names} if alike_names else {}), left


def _fact_and_food(finding: Finding) -> str:
    """`cow milk (yoghurt)`: the fact, and what was typed against it where the fact does not say that itself."""
    fact, word = finding.args.get("fact", ""), finding.args.get("word", "")
    return fact if word.casefold() in fact.casefold() else f"{fact} ({word})"


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _findings() -> dict[str, str]:
    return {
        "after_departure": _("went home at {time}; written all the same?"),
        "already_in": _("is in already, since {time}. Once more?"),
        "amount_range": _("{amount} ml cannot be: type 1 to {most} ml."),
        "asleep_already": _("is asleep already, since {since}: type woke first."),
        "before_arrival": _("came only at {time}. Before that?"),
        "before_birth": _("was not born yet on that day: look at the day shown."),
        "bottle_large": _("{amount} ml is a large bottle. Right?"),
        "bottle_soon": _("had a bottle {minutes} min from this one, at {time}. Another?"),
        "care_fact": _("MIND: {kind} {fact}; you typed {word}. All the same?"),
        "check_not_asleep": _("was not asleep at {time}: type sleep first."),
        "checked_later": _("was looked at asleep at {time}, after that. Right?"),
        "drink_large": _("{amount} ml is a lot to drink at once. Right?"),
        "ends_before_start": _(
            "ends at {end}, before it begins at {start}: turn them round, or put + behind an end on the next day."
        ),
        "entries_after": _("has {kind} at {time}, after leaving. Right?"),
        "entries_before": _("has {kind} at {time}, before coming. Right?"),
        "in_future": _("{time} is still to come: type a time that has passed."),
        "incident_untold": _("MIND: nobody has told the parents of the incident at {time}. Home all the same?"),
        "lasts_long": _("{hours} h is long for this. Right?"),
        "leaves_asleep": _("is asleep since {since}. Going home ends the sleep."),
        "leaves_before_sleep": _("fell asleep at {since}, after that: type a later time."),
        "medicine_agreement_not_yet": _("{medicine} is agreed only from {first}. Given all the same?"),
        "medicine_agreement_over": _(
            "{medicine} was agreed from {first} up to and including {last}. Given all the same?"
        ),
        "medicine_not_agreed": _("no guardian agreed to {medicine}. Given all the same?"),
        "medicine_soon": _("had {medicine} at {time}, less than {apart} from this. Given all the same?"),
        "nappy_content": _("what was in it: wet, soiled, both or dry?"),
        "no_sleep_again": _("has it written at {time} already: no sleep. Once more?"),
        "no_sleep_asleep": _("is asleep since {since}: type woke first, or take that row away."),
        "no_sleep_said": _("has it written at {time}: no sleep. Slept all the same?"),
        "no_sleep_slept": _("slept {start}–{end}. No sleep all the same?"),
        "not_asleep": _("is not asleep: type sleep with both times, as s 1230-1415."),
        "not_expected": _("is not expected on this day. Here all the same?"),
        "not_in": _("is not in: type in first."),
        "out_before_in": _("came at {time}: leaving comes after that."),
        "out_not_in": _("is not in, so cannot leave: type in first."),
        "over_a_day": _("cannot last {hours} h: look at the times."),
        "overlaps_sleep": _("slept {start}–{end} already: two sleeps at once?"),
        "pick_up_barred": _("MIND: {who} may not fetch this child. All the same?"),
        "pick_up_unknown": _("{who} is not on the list of who may fetch. All the same?"),
        "portion_range": _("a portion goes from 0 to 1: type 0, ¼, ½, ¾ or 1."),
        "reported_absent": _("is reported away ({kind}). Here all the same?"),
        "reported_sick": _("is reported sick since {since}. Better?"),
        "same_entry": _("has just this already, at {time}. Once more?"),
        "second_meal": _("has a {meal} at {time}. A second one?"),
        "sleep_long": _("would sleep {hours} h. Right?"),
        "taken_over_offered": _("drank {amount} of {offered} ml offered: turn the two round."),
        "temperature_range": _("{amount} °C cannot be: type {low} to {high}."),
        "temperature_unlikely": _("{amount} °C is far from usual. Right?"),
        "while_asleep": _("is asleep since {since} while {kind} is at {time}. Right?"),
        "zero_length": _("begins and ends at {time}: type another end."),
    }
