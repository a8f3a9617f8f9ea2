"""Lines with nothing around them, drawn without Textual's search for what could be there."""

from typing import TYPE_CHECKING

from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.widget import Widget as _Widget
else:
    _Widget = object  # of two widgets as bases, Textual would take bindings and styles from the first alone


class Plain(_Widget):
    """What makes a widget one without border, padding, tint or opacity; it stands before the widget's class.

    Textual asks some forty styles for each line it draws, to put nothing around it: half of what a key takes to be
    seen. The filters of the app are passed as ever.
    """

    _looks: tuple[Style, Color] | None = None

    @property
    def looks(self) -> tuple[Style, Color]:
        """The widget's own style and the colour of its ground, looked up once for each change of a style."""
        if self._looks is None:
            self._looks = self.rich_style, self.background_colors[1]
        return self._looks

    def notify_style_update(self) -> None:
        self._looks = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        (ground, background), width = self.looks, self.size.width
        filters = self.get_line_filters()
        strips = []
        for y in crop.line_range:
            strip = self.render_line(y).adjust_cell_length(width, ground)
            for one in filters:
                strip = strip.apply_filter(one, background)
            strips.append(strip)
        if crop.column_span != (0, width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips
