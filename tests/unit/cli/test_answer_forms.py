"""An answer as people take it from a terminal."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from datong.cli.answer_forms import SHOWN, ParquetNeedsAFile, write

ANSWER = pa.table({"店名": ["=1+1", "榕树饭店"], "since": [date(2026, 1, 2), None]})


def test_a_csv_file_opens_in_a_spreadsheet_and_runs_nothing(tmp_path: Path) -> None:
    write(ANSWER, form="csv", to=tmp_path / "a.csv")
    data = (tmp_path / "a.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in data.decode("utf-8-sig")


def test_a_terminal_gets_no_byte_order_mark(capsys: pytest.CaptureFixture[str]) -> None:
    write(ANSWER, form="csv", to=None)
    assert capsys.readouterr().out.startswith("店名,since")


def test_json_tells_dates_as_text_and_nothing_as_null(capsys: pytest.CaptureFixture[str]) -> None:
    write(ANSWER, form="json", to=None)
    assert json.loads(capsys.readouterr().out)[0] == {"店名": "=1+1", "since": "2026-01-02"}


def test_parquet_goes_into_a_file_and_says_so(tmp_path: Path) -> None:
    with pytest.raises(ParquetNeedsAFile):
        write(ANSWER, form="parquet", to=None)
    write(ANSWER, form="parquet", to=tmp_path / "a.parquet")
    assert pq.read_table(tmp_path / "a.parquet") == ANSWER


def test_a_long_answer_is_cut_on_the_terminal_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    write(pa.table({"n": list(range(SHOWN + 5))}), form="table", to=None)
    assert f"{SHOWN + 5} rows, 5 not shown" in capsys.readouterr().out


def test_a_cell_cant_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    write(pa.table({"a": ["\x1b[2Jgone"]}), form="table", to=None)
    assert "\x1b" not in capsys.readouterr().out
