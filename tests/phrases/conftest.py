"""Every language of the screen, for the tests that ask for it."""

from collections.abc import Iterator

import pytest

from kindertui import i18n
from tests.catalogues import translations


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The catalogue as it stands in the source, compiled or not."""
    name: str = request.param
    i18n.use(name)
    monkeypatch.setattr(i18n._Current, "catalogue", translations(name))
    yield name
