"""What is drawn at once is what the compositor would draw there, and nothing of it passes the filter by."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import places
from kindertui.screens.places.roster import RosterScreen
from kindertui.screens.support.fast_paint import Lines
from tests.screens.acting import opened, press
from tests.screens.hands import house_screen, preview, send_keys, until


async def test_what_is_drawn_at_once_is_what_stands_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDERTUI_LANGUAGE", "en")
    monkeypatch.setattr("kindertui.screens.support.change_watcher.EVERY", 600)
    place = places.group(tmp_path / "home", children=35)  # more than fit: the list has its scroll bar
    async with opened(place, size=(80, 24)) as (app, pilot):
        await until(pilot, lambda: app.state.attention.waiting)
        screen = house_screen(app)
        assert isinstance(screen, RosterScreen)
        drawn: list[set[int]] = []
        real = app._display

        def display(shown: Any, update: Any) -> None:
            if isinstance(update, Lines):
                full = [strip.text for strip in screen._compositor.render_strips()]
                for x, y, strip in update.pieces:
                    assert strip.text == full[y][x : x + strip.cell_length]
                    if y < screen.entry.region.y - 1:
                        assert x + strip.cell_length == screen.table.vertical_scrollbar.region.x
                    assert all(text.isprintable() for text in strip.text)
                    drawn.append({y for _x, y, _strip in update.pieces})
                written = update.render_segments(app.console)
                assert all(f"\x1b[{y + 1};{x + 1}H" in written for x, y, _strip in update.pieces)
            real(shown, update)

        app._display = display  # type: ignore[method-assign, assignment]
        screen.entry.put("lunch half [b]qui\u202eck[/]")  # as a line that was brought back
        await until(pilot, lambda: "ck[/]" in preview(app))
        bottom = screen.entry.region.y
        assert drawn and all(lines <= set(range(bottom, 24)) for lines in drawn)
        drawn.clear()
        await press(pilot, "enter")
        row = screen.table.region.y + 1
        assert any(row in lines and max(lines) == screen.status.status.region.y for lines in drawn), drawn
        drawn.clear()
        screen._layout_required = True  # what a layout is to move is drawn by it
        send_keys(app, "n")
        await until(pilot, lambda: screen.entry.value == "n" and preview(app).strip())
        assert not drawn
