"""The only ORM: one file of models and one store a capability, and the outbox that carries every event to the ledger."""
