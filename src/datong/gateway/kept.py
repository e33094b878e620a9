"""What may be kept from one query to the next while nothing on the shelf has changed: policies and rewritten queries.

The stamp is read for every query. When it differs, everything kept is dropped: a revoke in any process holds from the next
query on, in every process.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from datong.gateway.policy import Policy
from datong.gateway.ports import Shelf

MAX_QUERIES = 512


@dataclass
class Kept:
    """One a process. Safe between threads."""

    _stamp: str | None = None
    _policies: dict[str, Policy] = field(default_factory=dict)
    _queries: "OrderedDict[object, object]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def policy(self, shelf: Shelf, department: str) -> Policy:
        """The department's policy as of now. The stamp is read before what it stamps: a change in between can only make
        the policy newer than its stamp, and then the next query compiles it again."""
        stamp = shelf.stamp()
        with self._lock:
            if stamp != self._stamp:
                self._stamp = stamp
                self._policies.clear()
                self._queries.clear()
            if department not in self._policies:
                self._policies[department] = Policy(
                    department, shelf.agreements(consumer=department), shelf.served, shelf.purposes
                )
            return self._policies[department]

    def query(self, policy: Policy, key: object) -> object | None:
        with self._lock:
            if self._policies.get(policy.department) is not policy or key not in self._queries:
                return None
            self._queries.move_to_end(key)
            return self._queries[key]

    def keep(self, policy: Policy, key: object, query: object) -> None:
        """Only under the policy that is still the current one."""
        with self._lock:
            if self._policies.get(policy.department) is policy:
                self._queries[key] = query
                if len(self._queries) > MAX_QUERIES:
                    self._queries.popitem(last=False)
