from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from datong.demo.departments import TABLES
from datong.demo.generate import CountyReport, generate
from datong.demo.slips import Slip
from datong.demo.tables import Csv, Database, Holds, Sheet
from tests.unit.demo import kept


def links(truth: Path, table: str) -> list[dict]:
    return [link for link in pq.read_table(truth / "links.parquet").to_pylist() if link["table"] == table]


def persons(truth: Path) -> dict[int, dict]:
    return {person["person_id"]: person for person in pq.read_table(truth / "persons.parquet").to_pylist()}


def test_every_row_of_every_table_has_its_link(report: CountyReport, truth: Path) -> None:
    counted = Counter(
        (link["department"], link["table"]) for link in pq.read_table(truth / "links.parquet").to_pylist()
    )
    assert counted == {(told.department, told.table): told.rows for told in report.tables}


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_a_link_finds_its_row_by_the_key(report: CountyReport, truth: Path, name: str) -> None:
    key = kept.table(name).first(Holds.KEY) or ""
    readable = [link["key"] for link in links(truth, name) if Slip.UNREADABLE not in link["errors"]]
    in_file = [str(int(k) if isinstance(k, float) else k) for k in kept.column(report, name, key)]
    assert in_file == readable


@pytest.mark.parametrize("name", [table.name for table in TABLES if isinstance(table.kept, Csv | Sheet)])
def test_a_link_finds_its_row_by_the_line_in_the_file(report: CountyReport, truth: Path, name: str) -> None:
    lines = kept.lines(report, name)
    place = [column.holds for column in kept.table(name).columns].index(Holds.KEY)
    for link in links(truth, name):
        if Slip.UNREADABLE not in link["errors"]:
            assert str(lines[link["line"] - 1][place]) == link["key"]


@pytest.mark.parametrize("name", [table.name for table in TABLES if table.name != "addresses"])
def test_a_row_without_slips_says_the_truth_about_its_person(
    report: CountyReport, truth: Path, name: str
) -> None:
    table, people = kept.table(name), persons(truth)
    key, identity, called = (table.first(holds) or "" for holds in (Holds.KEY, Holds.IDENTITY, Holds.NAME))
    rows = {str(row[key]): row for row in kept.rows(report, name)}
    clean = [link for link in links(truth, name) if not link["errors"]]
    assert clean
    for link in clean:
        row, person = rows[link["key"]], people[link["person_id"]]
        assert row[called] == person["name"]
        assert not identity or row[identity] == person["identity_number"]


def test_a_row_that_is_wrong_about_its_person_says_which_slip_it_was(
    report: CountyReport, truth: Path
) -> None:
    to_names = {Slip.HOMOPHONE, Slip.LOOK_ALIKE, Slip.DOT, Slip.PADDED_NAME}
    people = persons(truth)
    rows = {str(row["个人编号"]): row for row in kept.rows(report, "enrolment")}
    wrong = 0
    for link in links(truth, "enrolment"):
        row = rows.get(link["key"])
        if row and row["姓名"] != people[link["person_id"]]["name"]:
            wrong += 1
            assert to_names & set(link["errors"].split(";"))
    assert wrong


def test_everybody_is_registered_once_and_any_second_time_is_a_duplicate(
    report: CountyReport, truth: Path
) -> None:
    entered = links(truth, "resident")
    second = [link for link in entered if "duplicate" in link["errors"]]
    first = Counter(link["person_id"] for link in entered if "duplicate" not in link["errors"])
    assert first == Counter(range(1, report.people + 1))
    assert len(entered) == report.people + len(second)
    assert second


def test_the_dead_who_are_still_listed_are_a_late_update(truth: Path) -> None:
    people = persons(truth)
    for link in links(truth, "enrolment"):
        assert ("late_update" in link["errors"]) == (people[link["person_id"]]["died_on"] is not None)


def test_truth_holds_everybody_and_every_firm_once(report: CountyReport, truth: Path) -> None:
    assert len(persons(truth)) == report.people
    firms = pq.read_table(truth / "firms.parquet").to_pylist()
    assert len({firm["credit_code"] for firm in firms}) == report.firms
    assert {firm["legal_representative_id"] for firm in firms} <= set(persons(truth))


def test_the_same_seed_makes_the_same_county_byte_for_byte(tmp_path: Path) -> None:
    one, other = (generate(people=300, seed=4, into=tmp_path / name) for name in ("one", "other"))
    files = sorted(path.relative_to(one.into) for path in one.into.rglob("*") if path.is_file())
    assert len(files) == 3 + len({(table.department, table.kept.file) for table in TABLES})
    for file in files:
        assert (one.into / file).read_bytes() == (other.into / file).read_bytes(), file
    assert one.accounts == other.accounts


def test_another_seed_makes_another_county_over_the_first(tmp_path: Path) -> None:
    generate(people=300, seed=4, into=tmp_path)
    before = (tmp_path / "truth" / "persons.parquet").read_bytes()
    again = generate(people=300, seed=5, into=tmp_path)
    assert (tmp_path / "truth" / "persons.parquet").read_bytes() != before
    resident = next(told for told in again.tables if told.table == "resident")
    assert isinstance(kept.table("resident").kept, Database)
    assert len(kept.rows(again, "resident")) == resident.rows


def test_progress_names_each_table_and_comes_to_its_end(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    generate(people=200, seed=1, into=tmp_path, progress=lambda what, done, of: seen.append((what, done, of)))
    assert [f"{table.department}.{table.name}" for table in TABLES] == [what for what, _, _ in seen[2:-1]]
    assert seen[-1][1] == seen[-1][2]
