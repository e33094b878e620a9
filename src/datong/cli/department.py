"""`datong department add | list`."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from datong.catalogue import actions
from datong.cli.desk import ADMINISTRATOR, Desk
from datong.cli.outcome import DONE, print_json, print_table
from datong.terms.text import Text


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    department = commands.add_parser("department", help="who provides and uses data")
    verbs = department.add_subparsers(metavar="VERB", required=True)

    command = verbs.add_parser("add", parents=[common], help="add a department")
    command.add_argument("code", metavar="CODE", help="short name, written in SQL: health")
    command.add_argument(
        "name", metavar="NAME", help="its name in English, or in Chinese where there is no other"
    )
    command.add_argument("--zh", default="", help="its name in Chinese")
    command.add_argument(
        "--credit-code", default="", metavar="CODE", help="unified social credit code (GB 32100)"
    )
    command.add_argument("--parent", default="", metavar="CODE", help="the department above it")
    command.add_argument(
        "--head", default="", metavar="PERSON", help="login of the head of its sharing office"
    )
    command.add_argument(
        "--authority", action="store_true", help="this is the sharing authority (data bureau)"
    )
    command.set_defaults(run=add)

    command = verbs.add_parser("list", parents=[common], help="list the departments")
    command.set_defaults(run=list_)


def add(args: Namespace, desk: Desk) -> int:
    department = actions.add_department(
        store=desk.node.catalogue,
        code=args.code,
        title=Text(zh=args.zh or args.name, en=args.name),
        credit_code=args.credit_code,
        parent=args.parent,
        sharing_head=args.head,
        authority=args.authority,
        by=desk.actor(ADMINISTRATOR),
        at=desk.at,
    )
    if desk.json:
        print_json(department)
    else:
        print(f"Added {department.code}. Next: datong source add NAME URL --department {department.code}")
    return DONE


def list_(args: Namespace, desk: Desk) -> int:
    departments = desk.node.catalogue.departments()
    if desk.json:
        print_json(departments)
    else:
        print_table(
            ("code", "中文", "name", "credit code", "head"),
            [(d.code, d.title.zh, d.title.en, d.credit_code, d.sharing_head) for d in departments],
        )
    return DONE
