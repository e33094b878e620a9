"""`datong share request | approve | refuse | revoke | list | show`."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from datong.cli.desk import Desk
from datong.cli.outcome import DONE, REFUSED, complain, print_json, print_table
from datong.cli.reading import WrittenWrongly, read_toml
from datong.sharing import actions, signing
from datong.sharing.agreement import Agreement
from datong.sharing.request import Item, RequestedField
from datong.sharing.scope import Comparison, Condition, RowScope
from datong.sharing.treatment import Modality, Treatment
from datong.terms.names import ResourceName
from datong.terms.period import Period
from datong.terms.refusal import Incomplete


def declare(commands: "_SubParsersAction[ArgumentParser]", common: ArgumentParser) -> None:
    share = commands.add_parser("share", help="ask for data, answer, end an agreement")
    verbs = share.add_subparsers(metavar="VERB", required=True)

    command = verbs.add_parser("request", parents=[common], help="send the request written in a TOML file")
    command.add_argument("file", metavar="FILE", type=Path, help="see docs/how-to/bring-your-own-tables.md")
    command.set_defaults(run=request)

    command = verbs.add_parser(
        "approve", parents=[common], help="approve a request: the agreement holds at once"
    )
    command.add_argument("id", metavar="ID")
    command.add_argument(
        "--treatment",
        action="append",
        default=[],
        metavar="RESOURCE.FIELD=TREATMENT",
        help=f"other than the default: {', '.join(Treatment)}",
    )
    command.add_argument(
        "--weaker-because", default="", metavar="REASON", help="needed to show more than the default"
    )
    command.add_argument("--conditions", default="", help="conditions of use, as text")
    command.set_defaults(run=approve)

    for verb, says, action in (
        ("refuse", "refuse a request, with reasons", refuse),
        ("revoke", "end an agreement from this second", revoke),
    ):
        command = verbs.add_parser(verb, parents=[common], help=says)
        command.add_argument("id", metavar="ID")
        command.add_argument("--because", required=True, metavar="REASON")
        command.set_defaults(run=action)

    command = verbs.add_parser("list", parents=[common], help="requests and agreements")
    command.set_defaults(run=list_)

    command = verbs.add_parser(
        "show", parents=[common], help="an agreement: what it grants, and its signature"
    )
    command.add_argument("id", metavar="ID")
    command.set_defaults(run=show)


def request(args: Namespace, desk: Desk) -> int:
    node = desk.node
    answer = actions.request(
        store=node.sharing,
        catalogue=node.catalogue,
        purposes=node.pack.purposes,
        pack=node.pack.sharing,
        by=desk.actor(),
        at=desk.at,
        **asked_in(args.file),
    )
    if isinstance(answer, Incomplete):
        return _incomplete(desk, f"{args.file.name} can't be sent yet", answer)
    if desk.json:
        print_json(answer)
    else:
        due = f" An answer is due by {answer.answer_due}." if answer.answer_due else ""
        print(f"Sent as {answer.id} to {answer.provider}.{due}")
    return DONE


def approve(args: Namespace, desk: Desk) -> int:
    node = desk.node
    answer = actions.approve(
        store=node.sharing,
        catalogue=node.catalogue,
        grading=node.grading,
        signer=node.signer,
        pack=node.pack.sharing,
        table_grade=node.table_grade,
        id=args.id,
        treatments=dict(map(_treatment, args.treatment)),
        weaker_because=args.weaker_because,
        conditions=args.conditions,
        by=desk.actor(),
        at=desk.at,
    )
    if isinstance(answer, Incomplete):
        return _incomplete(desk, f"{args.id} can't be approved yet", answer)
    return _told(desk, answer, "It holds from now on.")


def refuse(args: Namespace, desk: Desk) -> int:
    refused = actions.refuse(
        store=desk.node.sharing, id=args.id, because=args.because, by=desk.actor(), at=desk.at
    )
    if desk.json:
        print_json(refused)
    else:
        print(f"{refused.id} was refused; the requester sees your reasons.")
    return DONE


def revoke(args: Namespace, desk: Desk) -> int:
    node = desk.node
    revoked = actions.revoke(
        store=node.sharing,
        catalogue=node.catalogue,
        signer=node.signer,
        id=args.id,
        because=args.because,
        by=desk.actor(),
        at=desk.at,
    )
    return _told(desk, revoked, "Nothing is served under it from this second.")


def list_(args: Namespace, desk: Desk) -> int:
    requests, agreements = desk.node.sharing.requests(), desk.node.sharing.agreements()
    if desk.json:
        print_json({"requests": requests, "agreements": agreements})
        return DONE
    print_table(
        ("request", "from", "to", "purpose", "state", "due", "agreement"),
        [(r.id, r.consumer, r.provider, r.purpose, r.state, r.answer_due, r.agreement) for r in requests],
    )
    print()
    print_table(
        ("agreement", "consumer", "provider", "purpose", "modality", "until", "revoked"),
        [
            (
                a.id,
                a.consumer,
                a.provider,
                a.purpose,
                a.modality,
                a.period.last,
                f"{a.revoked_at:%Y-%m-%d}" if a.revoked_at else "",
            )
            for a in agreements
        ],
    )
    return DONE


def show(args: Namespace, desk: Desk) -> int:
    agreement = desk.node.sharing.agreement(args.id)
    if agreement is None:
        raise actions.NoSuchAgreement(args.id)
    holds = signing.verify_signature(agreement, desk.node.signer)
    if desk.json:
        print_json({"agreement": agreement, "signature_holds": holds})
        return DONE if holds else REFUSED
    print(
        f"{agreement.id} v{agreement.version}: {agreement.provider} → {agreement.consumer}, for {agreement.purpose}"
    )
    print(f"{agreement.basis}; {agreement.modality}; {agreement.period.first} to {agreement.period.last}")
    for grant in agreement.grants:
        print()
        print_table(
            (str(grant.resource), "treatment", "grade"),
            [(f.name, f.treatment, f.graded) for f in grant.fields],
        )
        for c in grant.scope.conditions:
            print(f"only rows where {c.field} {c.comparison} {', '.join(map(str, c.values))}")
    print(f"\nThe signature {'holds' if holds else 'does NOT hold: nothing is served under it'}.")
    return DONE if holds else REFUSED


def asked_in(path: Path) -> dict[str, Any]:
    """A request file as `sharing.actions.request` takes it. Raises FileNotReadable, WrittenWrongly."""
    written = read_toml(path)
    try:
        items = tuple(map(_item, written["items"]))
        period = Period(written["period"]["first"], written["period"]["last"])
        modality = Modality(written.get("modality", Modality.ROWS))
    except KeyError as missing:
        raise WrittenWrongly(path, str(missing.args[0])) from None
    except (TypeError, ValueError, AttributeError):
        raise WrittenWrongly(path, "items, period or modality") from None
    texts = {key: str(written.get(key, "")) for key in ("purpose", "basis", "scenario", "consented_by")}
    return {**texts, "items": items, "period": period, "modality": modality}


def _item(written: dict[str, Any]) -> Item:
    fields = tuple(
        RequestedField(f) if isinstance(f, str) else RequestedField(f["name"], Treatment(f["treatment"]))
        for f in written["fields"]
    )
    conditions = tuple(
        Condition(c["field"], Comparison(c["comparison"]), tuple(c["values"]))
        for c in written.get("scope", [])
    )
    return Item(ResourceName.parse(written["resource"]), fields, RowScope(conditions))


def _treatment(written: str) -> tuple[tuple[ResourceName, str], Treatment]:
    place, _, treatment = written.rpartition("=")
    department, _, rest = place.partition(".")
    table, _, field = rest.partition(".")
    try:
        return (ResourceName.parse(f"{department}.{table}"), field), Treatment(treatment)
    except ValueError:
        raise WrittenWrongly(Path("--treatment"), written) from None


def _incomplete(desk: Desk, what: str, answer: Incomplete) -> int:
    if desk.json:
        print_json(answer)
    complain(f"{what}:")
    for refusal in answer.missing:
        complain(f"  {refusal.reason.en} {refusal.next_step.en}")
    return REFUSED


def _told(desk: Desk, agreement: Agreement, says: str) -> int:
    if desk.json:
        print_json(agreement)
    else:
        print(f"{agreement.id}: {agreement.provider} → {agreement.consumer}. {says}")
    return DONE
