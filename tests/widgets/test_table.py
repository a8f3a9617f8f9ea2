"""The table of rows: its cursor belongs to a row's key, and what is too long is cut, never dropped in silence."""

from rich.cells import cell_len
from textual.app import App, ComposeResult

from kindertui.screens.support import theme
from kindertui.widgets.table import Cell, Column, Row, RowTable

COLUMNS = (Column("child", 10), Column("what", 6), Column("mind", 0))


class Shown(App[None]):
    CSS_PATH = "../../kindertui/app.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(theme.DARK)
        self.theme = "kindertui-dark"
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield RowTable(id="rows")

    def on_row_table_moved(self, event: RowTable.Moved) -> None:
        self.heard.append(event.key)

    def on_row_table_chosen(self, event: RowTable.Chosen) -> None:
        self.heard.append(f"{event.key} {event.twice}")


def row(key: str | None, *texts: str) -> Row:
    return Row(key, tuple(Cell(text) for text in texts))


def lines(app: Shown) -> list[str]:
    return [strip.text for strip in app.screen._compositor.render_strips()]


async def test_the_cursor_belongs_to_the_key_whatever_happens_around_it() -> None:
    app = Shown()
    async with app.run_test(size=(40, 8)) as pilot:
        table = app.query_one(RowTable)
        a, b, c, head = row("a", "Aya"), row("b", "Bram"), row("c", "Cato"), row(None, "not in")
        table.show(COLUMNS, (a, b, head, c))
        assert table.cursor == "a" and table.keys == ["a", "b", "c"]
        table.move_to("b")
        table.show(COLUMNS, (c, head, b, a))  # sorted anew
        assert table.cursor == "b"
        table.show(COLUMNS, (c, head, a))  # gone: the row that is now at its place
        assert table.cursor == "a"
        table.show(COLUMNS, ())
        assert table.cursor is None and table.key_pressed("down")
        table.show(COLUMNS, (a, b, head, c))
        table.move_to("nobody")
        assert table.cursor == "a"
        await pilot.pause()
        assert app.heard == ["b"]


async def test_keys_move_over_headings_and_stop_at_the_ends_and_the_cursor_stays_in_sight() -> None:
    app = Shown()
    async with app.run_test(size=(40, 8)) as pilot:
        table = app.query_one(RowTable)
        table.show(COLUMNS, (row("a", "Aya"), row(None, "not in"), *(row(f"r{n}", f"Row {n}") for n in range(30))))
        for key, cursor in (
            ("up", "a"), ("down", "r0"), ("up", "a"), ("end", "r29"), ("down", "r29"), ("pageup", "r23"),
            ("pagedown", "r29"), ("home", "a"),
        ):  # fmt: skip
            assert table.key_pressed(key)
            assert table.cursor == cursor
            await pilot.pause()
            assert any(one.startswith("▸ ") for one in lines(app))  # in sight
            assert lines(app)[0].startswith("  child")  # under fixed heads
        assert not table.key_pressed("x")


async def test_cells_are_cut_to_their_columns_with_a_sign_and_count_wide_characters_as_two() -> None:
    app = Shown()
    async with app.run_test(size=(40, 8)):
        table = app.query_one(RowTable)
        rows = (
            row("a", "A name far too long", "wet", "y" * 60),
            row("b", "王小明王小明王小明", "dry", "[/] [b]x[/b]\x1b[1A"),
            Row("c", (Cell("Cato"), Cell("says something that takes the rest")), wide=1),
        )
        table.show(COLUMNS, rows, frozenset({"b"}))
        shown = lines(app)
        assert shown[1] == "▸ A name fa… wet    " + "y" * 19 + "…"
        assert shown[2].startswith("• 王小明王…") and "[/] [b]x[/b][1A" in shown[2]
        assert shown[3].startswith("  Cato       says something that takes… ")
        assert all(cell_len(one) == 40 for one in shown)


async def test_a_click_moves_and_a_second_one_chooses() -> None:
    app = Shown()
    async with app.run_test(size=(40, 8)) as pilot:
        table = app.query_one(RowTable)
        table.show(COLUMNS, (row("a", "Aya"), row(None, "not in"), row("b", "Bram")))
        await pilot.click(RowTable, offset=(5, 2))  # the heading
        await pilot.click(RowTable, offset=(5, 3))
        await pilot.click(RowTable, offset=(5, 3))
        assert app.heard == ["b", "b False", "b True"] and table.cursor == "b"


async def test_a_row_that_says_something_else_is_drawn_alone() -> None:
    app = Shown()
    async with app.run_test(size=(40, 8)) as pilot:
        table = app.query_one(RowTable)
        names = [f"Row {n}" for n in range(20)]
        table.show(COLUMNS, [row(name, name, "x") for name in names])
        await pilot.pause()
        drawn: list[str] = []
        real = table._strip
        table._strip = lambda row, *args, **kwargs: drawn.append(row.cells[0].text) or real(row, *args, **kwargs)  # type: ignore[method-assign, func-returns-value]
        table.show(COLUMNS, [row(name, name, "y" if name in ("Row 2", "Row 19") else "x") for name in names])
        await pilot.pause()
        assert drawn == ["Row 2"]  # the other one is out of sight
        assert lines(app)[3].split()[:3] == ["Row", "2", "y"]
        table.move_to("Row 19")
        await pilot.pause()
        assert lines(app)[-1].split()[:4] == ["▸", "Row", "19", "y"]


async def test_the_last_column_may_have_pieces_each_in_its_tone_and_harm_is_bold() -> None:
    app = Shown()
    async with app.run_test(size=(40, 4)) as pilot:
        pieces = (Cell("! nuts  ", "danger"), Cell("no photo, no pork"))
        app.query_one(RowTable).show(COLUMNS, (Row("a", (Cell("Aya"), Cell("x"), *pieces)),))
        await pilot.pause()
        assert lines(app)[1].rstrip() == "▸ Aya        x      ! nuts  no photo, n…"
        segments = [one for one in app.screen._compositor.render_strips()[1] if one.text.strip()]
        harm = next(one for one in segments if "nuts" in one.text)
        know = next(one for one in segments if "photo" in one.text)
        assert harm.style is not None and harm.style.bold  # also where there are no colours
        assert know.style is not None and not know.style.bold and know.style.color != harm.style.color
