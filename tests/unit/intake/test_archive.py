"""A spreadsheet is looked at before it is unpacked."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from datong.intake.delivery import DeliveryState
from datong.intake.phases import archive


def workbook(path: Path, cells: dict[tuple[int, int], object]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表")
        for (row, column), value in cells.items():
            sheet.write(row, column, value)
    return path


def bomb(path: Path, *, declared: int | None = None) -> Path:
    """A workbook whose sheet is 64 MB of zeros, with its size told truly or not."""
    workbook(path, {(0, 0): "a", (1, 0): 1})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet2.xml", b"0" * (64 << 20))
    if declared is not None:
        data = bytearray(path.read_bytes())
        size = (64 << 20).to_bytes(4, "little")
        while (at := data.find(size)) >= 0:
            data[at : at + 4] = declared.to_bytes(4, "little")
        path.write_bytes(data)
    return path


def test_a_bomb_is_refused_by_its_ratio(intake) -> None:
    bomb(intake.inbox / "t.xlsx")
    delivery = intake.land("t.xlsx")
    assert delivery.state is DeliveryState.STOPPED
    assert "zip bomb" in delivery.stopped_because.en


def test_a_bomb_that_lies_about_its_size_is_refused_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(archive.UnpacksTooFar) as refused:
        archive.check(bomb(tmp_path / "t.xlsx", declared=1000))
    assert refused.value.unpacked < 20 << 20  # it stopped there


def test_a_stray_cell_in_the_far_corner_is_refused_before_the_sheet_is_laid_out(intake) -> None:
    workbook(intake.inbox / "t.xlsx", {(0, 0): "a", (1_048_575, 16_383): "x"})
    delivery = intake.land("t.xlsx")
    assert delivery.state is DeliveryState.STOPPED
    assert "1048576 rows and 16384 columns" in delivery.stopped_because.en


def test_an_ordinary_workbook_passes(tmp_path: Path) -> None:
    archive.check(workbook(tmp_path / "t.xlsx", {(r, c): r * c for r in range(500) for c in range(10)}))


def test_a_gzip_that_unpacks_too_far_is_refused(intake) -> None:
    import gzip

    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as out:
        out.write(b"a,b\n")
        for _ in range(40):
            out.write(b"1,1\n" * (1 << 18))
    delivery = intake.land_text(packed.getvalue(), "t.csv.gz")
    assert delivery.state is DeliveryState.STOPPED
    assert "unpacks to at least" in delivery.stopped_because.en
