"""From a seed, the county, its departments' tables and the truth beside them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from datong.demo.accounts import OFFICERS, Account, citizens
from datong.demo.county import found
from datong.demo.departments import TABLES
from datong.demo.keeping import TableReport, keep
from datong.demo.tables import Database
from datong.demo.truth import Links, write_firms, write_persons

PEOPLE = 20_000
SEED = 990123
# Called with what is being done, how much of it is done, and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class CountyReport:
    """What was written. A department's tables lie in `into/departments/<its code>`, the truth in `into/truth`."""

    into: Path
    seed: int
    people: int
    households: int
    firms: int
    tables: tuple[TableReport, ...]
    accounts: tuple[Account, ...]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)

    def folder(self, department: str) -> Path:
        return departments_folder(self.into, department)

    def source_url(self, department: str) -> str:
        """Where a node reads the department's tables: its database, or the folder of what it exports."""
        kept = next(table.kept for table in TABLES if table.department == department)
        folder = self.folder(department)
        return f"sqlite:///{folder / kept.file}" if isinstance(kept, Database) else str(folder)


def departments_folder(into: Path, department: str) -> Path:
    return into / "departments" / department


def generate(
    *, people: int = PEOPLE, seed: int = SEED, into: Path, progress: Progress = lambda what, done, of: None
) -> CountyReport:
    """Writes the county of that many people and that seed, over the files of one written there before.

    The same people and seed give the same rows and the same truth, byte for byte. A million people take a few minutes
    and less than 3 GB.
    """
    steps = len(TABLES) + 2
    progress("people", 0, steps)
    county = found(people, seed=seed)
    truth = into / "truth"
    truth.mkdir(parents=True, exist_ok=True)
    progress("truth", 1, steps)
    write_persons(county, truth / "persons.parquet")
    write_firms(county, truth / "firms.parquet")
    for table in TABLES:
        folder = departments_folder(into, table.department)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / table.kept.file).unlink(missing_ok=True)
    links = Links(truth / "links.parquet", len(county.people))
    reports = []
    for done, table in enumerate(TABLES, start=2):
        progress(f"{table.department}.{table.name}", done, steps)
        reports.append(keep(table, county, folder=departments_folder(into, table.department), links=links))
    links.close()
    progress("done", steps, steps)
    return CountyReport(
        into=into,
        seed=seed,
        people=len(county.people),
        households=len(county.households),
        firms=len(county.firms),
        tables=tuple(reports),
        accounts=(*OFFICERS, *citizens(county, links)),
    )
