"""Addresses of the authority's review and of the ledger."""

from django.urls import path

from datong.web.bureau import entries, ledger, review

urlpatterns = [
    path("review/<resource:name>/publish/", review.publish),
    path("review/<resource:name>/return/", review.return_with_reasons),
    path("ledger/", ledger.ledger),
    path("ledger/verify/", ledger.verify),
    path("ledger/checkpoint", ledger.checkpoint),
    path("ledger/key", ledger.key),
    path("ledger/entries/<int:index>/", entries.entry),
    path("ledger/entries/<int:index>/proof.json", entries.proof),
]
