"""`datong grade show | confirm | lower | examine`: how much harm a leak of each column would do."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from datong.catalogue import find
from datong.cli.desk import ADMINISTRATOR, Desk
from datong.cli.outcome import DONE, REFUSED, USAGE, complain, print_json, print_table
from datong.grading import actions
from datong.grading.scheme import ColumnGrade, Grade
from datong.grading.standing import outdated
from datong.terms.names import ResourceName


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    grade = commands.add_parser(
        "grade", help="grades of columns: proposed with evidence, confirmed by people"
    )
    verbs = grade.add_subparsers(metavar="VERB", required=True)

    command = verbs.add_parser("show", parents=[common], help="a table's grades, with the evidence")
    command.add_argument("resource", metavar="RESOURCE")
    command.set_defaults(run=show)

    command = verbs.add_parser(
        "confirm", parents=[common], help="confirm one column's grade, or all as proposed"
    )
    command.add_argument("resource", metavar="RESOURCE")
    command.add_argument("column", nargs="?", metavar="COLUMN")
    command.add_argument(
        "grade", nargs="?", metavar="GRADE", choices=[g.name for g in Grade], help="G1 … G4, IMPORTANT, CORE"
    )
    command.add_argument("--because", default="", metavar="REASON", help="needed to lower a grade")
    command.add_argument(
        "--all",
        action="store_true",
        help="every column as proposed; those in which nothing was recognised stay",
    )
    command.add_argument(
        "--undetermined",
        action="store_true",
        help="with --all: those too, once you have looked at each of them",
    )
    command.set_defaults(run=confirm)

    command = verbs.add_parser(
        "lower", parents=[common], help="as the second person, agree to a lowering that waits"
    )
    command.add_argument("resource", metavar="RESOURCE")
    command.add_argument("column", metavar="COLUMN")
    command.set_defaults(run=lower)

    command = verbs.add_parser(
        "examine", parents=[common], help="examine tables again, after the rules pack has changed"
    )
    command.add_argument(
        "resource", nargs="?", metavar="RESOURCE", help="default: every table examined under an older pack"
    )
    command.set_defaults(run=examine)


def show(args: Namespace, desk: Desk) -> int:
    name = ResourceName.parse(args.resource)
    find.resource(desk.node.catalogue, name)
    columns, table = desk.node.grading.columns(name), desk.node.table_grade(name)
    if desk.json:
        print_json({"table": table, "columns": columns})
        return DONE
    print_table(
        ("column", "proposed", "verdict", "element", "confirmed", "evidence"),
        [
            (
                c.column,
                c.proposal.grade.name,
                c.proposal.verdict,
                c.proposal.element,
                _confirmed(c),
                _evidence(c),
            )
            for c in columns
        ],
    )
    print(f"\nThe table is {table.grade.name}: " + " ".join(text.en for text in table.because))
    if any(c.confirmed is None for c in columns):
        print(f"Next: datong grade confirm {name} --all --as PERSON")
    return DONE


def confirm(args: Namespace, desk: Desk) -> int:
    name = ResourceName.parse(args.resource)
    if args.all:
        return _confirm_all(name, args.undetermined, desk)
    if not args.column or not args.grade:
        complain("Name a column and its grade, or say --all.")
        return USAGE
    grade = actions.confirm(
        store=desk.node.grading,
        resource=name,
        column=args.column,
        grade=Grade[args.grade],
        because=args.because,
        by=desk.actor(),
        at=desk.at,
    )
    return _told(desk, grade)


def lower(args: Namespace, desk: Desk) -> int:
    grade = actions.confirm_lowering(
        store=desk.node.grading,
        resource=ResourceName.parse(args.resource),
        column=args.column,
        by=desk.actor(),
        at=desk.at,
    )
    return _told(desk, grade)


def examine(args: Namespace, desk: Desk) -> int:
    node, by = desk.node, desk.actor(ADMINISTRATOR)
    names = (
        [ResourceName.parse(args.resource)] if args.resource else [r.name for r in node.catalogue.resources()]
    )
    due = [
        n for n in names if args.resource or outdated(store=node.grading, pack=node.pack.grading, resource=n)
    ]
    tables = [node.examine(name, by=by, at=desk.at) for name in due]
    if desk.json:
        print_json(tables)
    else:
        print(f"Examined {len(tables)} tables under rules pack {node.pack.grading.version}.")
    return DONE


def _confirm_all(name: ResourceName, undetermined: bool, desk: Desk) -> int:
    by = desk.actor()
    left = actions.confirm_proposed(store=desk.node.grading, resource=name, by=by, at=desk.at)
    if undetermined:
        left = tuple(
            after
            for grade in left
            for after in [
                actions.confirm(
                    store=desk.node.grading,
                    resource=name,
                    column=grade.column,
                    grade=grade.proposal.grade,
                    by=by,
                    at=desk.at,
                )
            ]
            if after.confirmed is None
        )
    if desk.json:
        print_json({"waiting": left})
    for grade in left:
        complain(f"{grade.column} waits: nothing was recognised in it. Look at it, then name its grade.")
    return REFUSED if left else DONE


def _told(desk: Desk, grade: ColumnGrade) -> int:
    if desk.json:
        print_json(grade)
    elif grade.lowering_to is not None:
        print(f"{grade.column} is to be lowered to {grade.lowering_to.name}: a second person must agree.")
        print(f"  datong grade lower {grade.resource} {grade.column} --as SECOND_PERSON")
    else:
        print(f"{grade.column} is {_confirmed(grade)}.")
    return DONE


def _confirmed(grade: ColumnGrade) -> str:
    return grade.confirmed.name if grade.confirmed else ""


def _evidence(grade: ColumnGrade) -> str:
    return "; ".join(e.says.en for e in grade.proposal.evidence)
