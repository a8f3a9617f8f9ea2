"""Where kindertui keeps its files. Nothing is created here and nothing at import.

``KINDERTUI_HOME=DIR`` puts everything under DIR; without it platformdirs decides by the customs of the system.
"""

import os
from pathlib import Path

from msgspec import Struct


class Locations(Struct, frozen=True):
    """The paths of one installation: `data` holds the database and its key, `config` the location's own overrides."""

    data: Path
    config: Path
    state: Path

    @property
    def database(self) -> Path:
        return self.data / "kindertui.db"

    @property
    def key(self) -> Path:
        return self.data / "kindertui.key"

    @property
    def envelopes(self) -> Path:
        return self.data / "kindertui.keys"

    @property
    def outbox(self) -> Path:
        return self.data / "outgoing"

    @property
    def papers(self) -> Path:
        return self.data / "papers"

    @property
    def backups(self) -> Path:
        """Where backups are kept unless another folder was chosen: `folder` in data/backup.py."""
        return self.data / "backups"

    @property
    def settings(self) -> Path:
        return self.config / "settings.toml"

    @property
    def overrides(self) -> Path:
        return self.config / "profile.toml"

    @property
    def log(self) -> Path:
        return self.state / "kindertui.log"

    @property
    def head(self) -> Path:
        return self.state / "head"

    def as_dict(self) -> dict[str, str]:
        names = (
            "data",
            "config",
            "state",
            "database",
            "key",
            "envelopes",
            "outbox",
            "papers",
            "settings",
            "overrides",
            "log",
        )
        return {name: str(getattr(self, name)) for name in names}


def find(*, demo: bool = False) -> Locations:
    """The paths in force; the demo has a home of its own and never meets the real database."""
    home = os.environ.get("KINDERTUI_HOME")
    if home:
        base = Path(home).expanduser().absolute()
        if demo:
            base = base / "demo"
        return Locations(data=base, config=base, state=base)
    from platformdirs import PlatformDirs  # only where no home was given: `today` must start fast

    dirs = PlatformDirs("kindertui", appauthor=False)
    sub = "demo" if demo else ""
    return Locations(
        data=Path(dirs.user_data_dir, sub), config=Path(dirs.user_config_dir, sub), state=Path(dirs.user_state_dir, sub)
    )
