"""Keeps requests and agreements (sharing.store.SharingStore), every version of an agreement included."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from datong.records import counters
from datong.records.document import Kept
from datong.records.models.sharing import AgreementPast, AgreementRow, RequestRow
from datong.records.writing import AGREEMENTS, SHELF, Drain, writing
from datong.sharing.agreement import Agreement
from datong.sharing.request import RequestState, ShareRequest
from datong.terms.event import Event

_REQUESTS = Kept(
    model=RequestRow,
    adapter=TypeAdapter(ShareRequest),
    subject=lambda request: f"request/{request.id}",
    key=lambda request: {"id": request.id},
    columns=lambda request: {
        "state": request.state.value,
        "provider": request.provider,
        "consumer": request.consumer,
        "submitted_at": request.submitted_at,
    },
)
_AGREEMENTS = Kept(
    model=AgreementRow,
    adapter=TypeAdapter(Agreement),
    subject=lambda agreement: f"agreement/{agreement.id}",
    key=lambda agreement: {"id": agreement.id},
    columns=lambda agreement: {"provider": agreement.provider, "consumer": agreement.consumer},
)


@dataclass(frozen=True)
class Sharing:
    drain: Drain

    def request(self, id: str) -> ShareRequest | None:
        return _REQUESTS.one(id=id)

    def requests(
        self, *, state: RequestState | None = None, provider: str | None = None, consumer: str | None = None
    ) -> tuple[ShareRequest, ...]:
        """Newest first."""
        wanted = {"state": state and state.value, "provider": provider, "consumer": consumer}
        rows = _REQUESTS.rows().filter(**_named(wanted))
        return _REQUESTS.all(rows.order_by("-submitted_at", "-id"))

    def agreement(self, id: str) -> Agreement | None:
        return _AGREEMENTS.one(id=id)

    def agreements(
        self, *, provider: str | None = None, consumer: str | None = None
    ) -> tuple[Agreement, ...]:
        rows = _AGREEMENTS.rows().filter(**_named({"provider": provider, "consumer": consumer}))
        return _AGREEMENTS.all(rows.order_by("id"))

    def agreement_past(self, id: str) -> tuple[Agreement, ...]:
        """The agreement as it stood after each change, oldest first."""
        rows = AgreementPast.objects.filter(agreement=id).order_by("revision")
        return tuple(map(_AGREEMENTS.adapter.validate_json, rows.values_list("document", flat=True)))

    def agreements_stamp(self) -> str:
        return str(counters.value(AGREEMENTS))

    def next_number(self, series: str) -> int:
        return counters.rise(f"series {series}")

    def save(self, nouns: tuple[ShareRequest | Agreement, ...], event: Event) -> None:
        decides = any(isinstance(noun, Agreement) for noun in nouns)
        with writing(event, drain=self.drain, changes=(AGREEMENTS, SHELF) if decides else ()):
            for noun in nouns:
                match noun:
                    case ShareRequest():
                        _REQUESTS.write(noun)
                    case Agreement():
                        _remember(_AGREEMENTS.write(noun))


def _remember(agreement: Agreement) -> None:
    AgreementPast.objects.create(
        agreement=agreement.id,
        version=agreement.version,
        revision=agreement.revision,
        document=_AGREEMENTS.adapter.dump_json(agreement).decode(),
    )


def _named(columns: dict[str, str | None]) -> dict[str, str]:
    return {column: value for column, value in columns.items() if value is not None}
