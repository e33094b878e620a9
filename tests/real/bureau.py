"""A data bureau at a terminal: types commands as people with roles, and reads their JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from datong.cli.main import main

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def real(folder: str) -> Path:
    """A folder of the real data, or a skip that says what is missing."""
    path = DATA / folder
    if not path.is_dir():
        pytest.skip(f"the real data ({folder}) isn't beside the project, so this was not tried")
    return path


class Bureau:
    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.home, self.capsys, self.folder = home, capsys, folder

    def type(self, *words: str, by: str | None = None, code: int = 0) -> Any:
        """Runs `datong WORDS --json`; fails with what it complained of when the exit code isn't `code`."""
        self.capsys.readouterr()
        line = [*words, "--home", str(self.home), "--json", *(["--as", by] if by else [])]
        ended = main(line)
        out, err = self.capsys.readouterr()
        assert ended == code, f"datong {' '.join(words)} ended with {ended}: {err}"
        return json.loads(out) if out.lstrip().startswith(("{", "[")) else out + err

    def write(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, "utf-8")
        return str(path)

    def settle(self, departments: dict[str, str]) -> None:
        """A node with these departments, each with a data officer and a head, and a sharing authority."""
        self.type("init")
        self.type("department", "add", "bureau", "Data Bureau", "--zh", "数据局", "--authority")
        self._account("reviewer", "bureau", "authority_reviewer")
        for code, name in departments.items():
            self.type("department", "add", code, name, "--head", f"{code}_head")
            self._account(f"{code}_data", code, "data_officer")
            self._account(f"{code}_officer", code, "officer")
            self._account(f"{code}_head", code, "sharing_head")

    def publish(self, resource: str, described: str) -> None:
        """Grades confirmed as proposed, the entry described, submitted, reviewed and published."""
        officer = f"{resource.partition('.')[0]}_data"
        self.type("grade", "confirm", resource, "--all", "--undetermined", by=officer)
        self.type("catalogue", "describe", resource, self.write(f"{resource}.toml", described), by=officer)
        self.type("catalogue", "submit", resource, by=officer)
        self.type("catalogue", "publish", resource, by="reviewer")

    def _account(self, login: str, department: str, role: str) -> None:
        self.type("account", "add", login, login, "--department", department, "--role", role, "--no-password")
