"""A governed query as plain text and files: all that crosses into the query process."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Job:
    """`make`: statements of ours that make the extracts. `ask`: the person's query over them. `files`: all that `make`
    may read; `kept_files`: those that stay readable while `ask` runs, because nothing in them is hidden. `secrets` are
    the parameters of `make`, by name."""

    make: tuple[str, ...]
    ask: str
    files: tuple[str, ...]
    kept_files: tuple[str, ...]
    secrets: dict[str, str]
    memory_mb: int
    threads: int
    seconds: int
    rows: int
    result_mb: int

    def __repr__(self) -> str:
        return f"Job({len(self.make)} extracts, {len(self.files)} files)"

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Job":
        read = json.loads(text)
        for name in ("make", "files", "kept_files"):
            read[name] = tuple(read[name])
        return cls(**read)
