"""A node's own parts bring a file in: landed, described, examined and entered, by one call."""

import shutil
from pathlib import Path

import pytest

from datong.catalogue import actions as catalogue
from datong.grading.scheme import Verdict
from datong.intake import actions as intake
from datong.intake.delivery import DeliveryState
from datong.terms.actor import Role
from datong.terms.names import ResourceName
from datong.terms.text import Text
from datong.wiring import Node
from tests.fakes import ADMIN, person
from tests.stores.nouns import AT
from tests.stores.test_node import ON_SQLITE

PERMITS = ResourceName("market", "permits")
KEEPER = person("market.data", "market", Role.DATA_OFFICER)


def number(place: int) -> str:
    """An identity number (GB 11643) of nobody: no area has the prefix 99."""
    digits = f"99010119{80 + place % 20}0{1 + place % 9}{10 + place % 19}{place:03d}"
    weighed = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(digits))
    return digits + "10X98765432"[weighed % 11]


OWNERS = tuple(map(number, range(40)))


def landed(node: Node, folder: Path, *numbers: str) -> DeliveryState:
    written = "".join(f"P-{place},{number}\n" for place, number in enumerate(numbers))
    (folder / "permits.csv").write_text(f"permit_no,owner_id\n{written}", "utf-8")
    source = node.intake.source("files")
    if source is None:
        catalogue.add_department(
            store=node.catalogue,
            code="market",
            title=Text("市场监管局", "Market Regulation"),
            by=ADMIN,
            at=AT,
        )
        source = intake.add_source(
            store=node.intake, catalogue=node.catalogue, name="files", url=str(folder), department="market",
            by=KEEPER, at=AT,
        )  # fmt: skip
    [table] = intake.tables_of(source=source, readers=node.readers)
    return intake.land(
        source=source, table=table, store=node.intake, catalogue=node.catalogue, lake=node.lake, readers=node.readers,
        room=node.room, after_landing=node.after_landing, by=KEEPER, at=AT,
    ).state  # fmt: skip


@ON_SQLITE
def test_a_landed_file_is_catalogued_examined_profiled_and_in_the_ledger(node: Node, tmp_path: Path) -> None:
    assert landed(node, tmp_path, *OWNERS) is DeliveryState.LANDED
    [delivery] = node.intake.deliveries(resource=PERMITS)
    assert [(column.column, column.rows) for column in delivery.profile] == [
        ("permit_no", 40),
        ("owner_id", 40),
    ]
    entry = node.catalogue.resource(PERMITS)
    assert entry is not None
    assert [field.name for field in entry.fields] == ["permit_no", "owner_id"]
    owner = node.grading.column(PERMITS, "owner_id")
    assert owner is not None
    assert (owner.proposal.element, owner.proposal.verdict) == ("person.identity_number", Verdict.PROVED)
    assert owner.confirmed is None
    kinds = [each.kind for _, each in node.log.entries()]
    assert {"intake.delivery_landed", "grading.proposed", "catalogue.resource_drafted"} <= set(kinds)


@ON_SQLITE
def test_the_second_landing_of_one_moment_is_the_one_that_stands(node: Node, tmp_path: Path) -> None:
    landed(node, tmp_path, *OWNERS)
    assert landed(node, tmp_path, *OWNERS) is DeliveryState.UNCHANGED
    assert landed(node, tmp_path, *OWNERS[:36]) is DeliveryState.LANDED
    stands = node.intake.landed(PERMITS)
    assert stands is not None
    assert stands.landed == 36
    assert node.lake.current(PERMITS) == node.lake.snapshot(PERMITS, stands.snapshot)
    assert node.shelf.served(PERMITS) is None  # a draft is nobody's to read yet


@ON_SQLITE
def test_a_changed_rules_pack_has_every_table_examined_again_and_once(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    landed(node, tmp_path, *OWNERS)
    assert node.catch_up(at=AT) == ()
    rules = tmp_path / "rules" / "cn"
    shutil.copytree(node.pack.folder, rules)
    with (rules / "grades.toml").open("a", encoding="utf-8") as grades:
        grades.write("\n# an official's remark\n")
    node.close()
    monkeypatch.setenv("DATONG_RULES", str(rules))
    later = Node.open(node.home)
    assert later.catch_up(at=AT) == (PERMITS,)
    examined = later.grading.column(PERMITS, "owner_id")
    assert examined is not None
    assert examined.proposal.pack == later.pack.grading.version != node.pack.grading.version
    assert later.catch_up(at=AT) == ()
    later.close()
