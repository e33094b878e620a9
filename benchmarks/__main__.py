"""`make bench`, or `python -m benchmarks landing gateway` for some. A name is a module in this folder with a `main()`."""

import importlib
import platform
import sys
from os import cpu_count

# In the order in which a value meets them.
ALL = ("landing", "detection", "gateway", "ledger")


def main(names: tuple[str, ...]) -> int:
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(ALL)}.", file=sys.stderr)
        return 2
    print(
        f"Python {platform.python_version()}, {cpu_count()} cores. Ratios and medians travel; single times don't."
    )
    for name in names or ALL:
        print(f"\n── {name} " + "─" * (60 - len(name)), flush=True)
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(tuple(sys.argv[1:])))
