"""What is proposed for tables that nobody here wrote. A harmless number taken for a card or a person is a defect."""

from pathlib import Path

import duckdb
import pytest

from datong.catalogue.field import Field, FieldType
from datong.catalogue.snapshot import Snapshot
from datong.engines.duckdb.measure import DuckDBMeasurer
from datong.grading.propose import propose
from datong.grading.scheme import Proposal
from datong.terms.names import ResourceName
from tests.engines.measured import PACK
from tests.real.shared_data import real

pytestmark = [pytest.mark.real, pytest.mark.slow]


def proposals(path: str, folder: Path, *, headings: bool = True) -> dict[str, Proposal]:
    """Every column as text, the hardest case; without headings the values must speak alone."""
    source, landed = real(path), folder / "landed.parquet"
    with duckdb.connect() as session:
        table = (
            session.read_parquet(str(source))
            if source.suffix == ".parquet"
            else session.read_csv(str(source), all_varchar=True)
        )
        names = table.columns
        table.project("COLUMNS(*)::TEXT").write_parquet(str(landed))
    snapshot = Snapshot(
        ResourceName("some", "table"),
        "1",
        (str(landed),),
        0,
        tuple((n, FieldType.TEXT.value) for n in names),
        "D",
    )
    measures = DuckDBMeasurer().measure(snapshot, PACK.detectors)
    fields = tuple(Field(n, FieldType.TEXT) for n in names)
    if not headings:
        measures = tuple(_renamed(m, place) for place, m in enumerate(measures))
        fields = tuple(Field(f"kolonne{place}", FieldType.TEXT) for place in range(len(names)))
        return dict(zip(names, propose(fields, measures, PACK).values(), strict=True))
    return dict(propose(fields, measures, PACK))


def _renamed(measure, place):
    return type(measure)(
        f"kolonne{place}",
        *(getattr(measure, p) for p in ("rows", "filled", "distinct", "shortest", "longest", "shares")),
    )


CHICAGO = ["business_licences.csv", "food_inspections.csv", "sanitation_complaints_311.csv.gz"]


@pytest.mark.parametrize("headings", [True, False], ids=["with headings", "without headings"])
@pytest.mark.parametrize("table", CHICAGO)
def test_chicagos_numbers_are_nobodys_cards_or_identity(table, headings, tmp_path):
    found = {p.element for p in proposals(f"chicago/{table}", tmp_path, headings=headings).values()}
    assert not found & {
        "person.identity_number", "person.bank_account", "person.mobile", "organisation.credit_code", "person.name",
    }  # fmt: skip


def test_chicagos_owners_are_people_and_its_shops_are_not(tmp_path):
    found = proposals("chicago/business_licences.csv", tmp_path)
    assert {
        name: found[name].element
        for name in ("LEGAL_NAME", "DOING_BUSINESS_AS_NAME", "ADDRESS", "LICENSE_NUMBER")
    } == {
        "LEGAL_NAME": "person.owner_name",
        "DOING_BUSINESS_AS_NAME": "organisation.name",
        "ADDRESS": "place.address",
        "LICENSE_NUMBER": "record.number",
    }


PEOPLE = {"name": "person.name", "id_no": "person.identity_number", "phone": "person.mobile"}


@pytest.mark.parametrize("headings", [True, False], ids=["with headings", "without headings"])
@pytest.mark.parametrize(
    "table",
    ["medical_insurance.parquet", "population_register.parquet", "school_and_residence_permits.parquet"],
)
def test_a_citys_people_are_recognised_by_their_values_alone(table, headings, tmp_path):
    found = proposals(f"linkage/zh_people/{table}", tmp_path, headings=headings)
    assert {name: found[name].element for name in PEOPLE} == PEOPLE
    assert found["id_no"].verdict == "proved"


def test_villages_have_no_people_in_their_names(tmp_path):
    found = proposals("divisions/villages.csv.gz", tmp_path, headings=False)
    assert {p.element for p in found.values()} <= {"", "place.address"}


def test_identity_numbers_ruined_by_a_spreadsheet_are_given_away_by_those_that_survived(tmp_path):
    """A spreadsheet rounds numbers and leaves text alone: what ends in X, at least, survives."""
    damaged = real("tables/zh_dirty_synth/05_excel_damaged_ids_gbk.csv")
    decoded = tmp_path / "decoded.csv"
    decoded.write_text(damaged.read_bytes().decode("gb18030"), encoding="utf-8")
    found = proposals(str(decoded), tmp_path)["证件号码"]
    assert (found.grade.name, found.verdict, found.element) == ("G3", "proved", "person.identity_number")
