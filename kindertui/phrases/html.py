"""A page for a browser: whole in itself, without script, picture or link, whatever stands in the texts on it."""

from html import escape

# No script, no picture, no link out: whatever stands in a text, the page can only show it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def text(words: str) -> str:
    """People's text inside a page or inside an attribute's quotes."""
    return escape(words, quote=True)


def page(title: str, body: str, *, language: str, style: str) -> str:
    """A whole page; `body` is made of escaped parts only, `style` is a constant of ours."""
    return (
        f'<!doctype html>\n<html lang="{text(language)}">\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f'<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n'
        f"<title>{text(title)}</title>\n<style>{style}</style>\n{body}\n</html>\n"
    )
