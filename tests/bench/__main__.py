"""``python -m tests.bench``: every benchmark; ``python -m tests.bench NAME [ARGUMENTS]``: one. Exit code 1 when a
promise is not kept, 2 for an unknown name."""

import sys
from importlib import import_module
from pkgutil import iter_modules

import tests.bench


def names() -> list[str]:
    return sorted(m.name for m in iter_modules(tests.bench.__path__) if not m.name.startswith("_"))


def run(argv: list[str]) -> int:
    known = names()
    if argv and argv[0] not in known:
        print(f"no benchmark {argv[0]!r}: there are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = 0
    for name in argv[:1] or known:
        print(f"== {name}")
        failed |= import_module(f"tests.bench.{name}").main(argv[1:])
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
