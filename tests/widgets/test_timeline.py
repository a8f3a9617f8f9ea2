"""One day as lanes over the hours: every lane is seen, at its hour, and nothing outside breaks it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from textual.app import App, ComposeResult

from kindertui.screens.support import theme
from kindertui.widgets.timeline import Lane, Mark, Timeline

SEVEN = datetime(2026, 11, 20, 7, tzinfo=ZoneInfo("Europe/Amsterdam"))


class Shown(App[None]):
    CSS_PATH = "../../kindertui/app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(theme.DARK)
        self.theme = "kindertui-dark"

    def compose(self) -> ComposeResult:
        yield Timeline(id="timeline")


def at(hours: float) -> datetime:
    return SEVEN + timedelta(hours=hours)


async def test_every_lane_is_seen_with_its_marks_at_their_hours() -> None:
    app = Shown()
    async with app.run_test(size=(60, 12)) as pilot:
        lanes = (
            Lane("sleep", "sleep", (Mark(at(2), at(3)), Mark(at(5), at(6), open=True))),
            Lane("food", "good", (Mark(at(1)), Mark(at(-3)), Mark(at(40)))),
            Lane("here", "dim", (Mark(at(-1), at(30)),), line=True),
        )
        app.query_one(Timeline).show(lanes, SEVEN, 12)
        await pilot.pause()
        hours, sleep, food, here = [
            strip.text.rstrip()[1:] for strip in app.screen._compositor.render_strips() if strip.text.strip()
        ]
        per_hour = hours.index("08") - hours.index("07")
        left = hours.index("07")
        assert hours.split() == [f"{hour:02}" for hour in range(7, 19)]
        assert sleep[left:].rstrip() == " " * 2 * per_hour + "█" * per_hour + " " * 2 * per_hour + "█" + "░" * (
            per_hour - 1
        )
        assert food[left:] == " " * per_hour + "▌"  # what lies outside is left out
        assert here.split() == ["here", "─" * 12 * per_hour]


async def test_the_shortest_stretch_is_still_seen() -> None:
    app = Shown()
    async with app.run_test(size=(40, 12)) as pilot:
        app.query_one(Timeline).show((Lane("sleep", "sleep", (Mark(at(1), at(1)),)),), SEVEN, 12)
        await pilot.pause()
        text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
        assert text.count("█") == 1


async def test_a_long_day_keeps_to_a_line_a_lane() -> None:
    app = Shown()
    async with app.run_test(size=(60, 12)) as pilot:
        lane = Lane("sleep", "sleep", (Mark(at(2), at(3)), Mark(at(35), at(36))))
        app.query_one(Timeline).show((lane,), SEVEN, 36)
        await pilot.pause()
        hours, sleep = [
            strip.text.rstrip()[1:] for strip in app.screen._compositor.render_strips() if strip.text.strip()
        ]
        assert hours.split() == ["07", "10", "13", "16", "19", "22", "01", "04", "07", "10", "13", "16"]
        left = hours.index("07")
        assert [place for place, cell in enumerate(sleep[left:]) if cell == "█"] == [2, 35]
