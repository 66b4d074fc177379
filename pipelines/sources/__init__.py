"""`chipwatch source …`: to add a source, record its pages once, and check it against them.

A source is a folder. `new` writes its `source.yml`; `record` asks the site once, politely, and saves what came under
`recorded/`; `check` reads the saved pages as a run would and compares the records with `expected.jsonl`.

What is recorded is the publisher's text and stays on this machine: `recorded/` is ignored by git and never replayed by a
run. The pages a folder carries along (`pages/`) are written by hand in the publisher's markup, with its facts and our
wording. Who keeps a private set of sources (`CHIPWATCH_SOURCES`) may rename `recorded/` to `pages/`: the index says
`kind: live`, and every row made from it says so too.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import typer

from scrapers.source import DOMAINS, SOURCES

RECORDED = "recorded"
GOLDEN = "expected.jsonl"


def known() -> dict[str, Path]:
    """Every source folder by id, whether or not its `source.yml` is right."""
    return {
        f"{domain}/{path.parent.name}": path.parent
        for domain in DOMAINS
        for path in sorted((SOURCES / domain).glob("*/source.yml"))
    }


def choose(ids: Sequence[str]) -> dict[str, Path]:
    """The folders of the named sources, all when none is named; wrong usage with the nearest ids otherwise."""
    folders = known()
    for name in ids:
        if name not in folders:
            near = nearest_sources(name, list(folders))
            hint = f"; did you mean {', '.join(near)}?" if near else "; `chipwatch status` names them all"
            raise typer.BadParameter(f"no source {name!r}{hint}")
    return {name: folders[name] for name in ids} if ids else folders


def nearest_sources(name: str, ids: Sequence[str]) -> list[str]:
    """Up to three ids a reader may have meant: close in spelling, or with that name in another domain."""
    own = name.rsplit("/", 1)[-1]
    bare = {known.rsplit("/", 1)[-1]: known for known in ids}
    same = [known for known in ids if known.rsplit("/", 1)[-1] == own]
    close = [bare[word] for word in get_close_matches(own, list(bare), n=3, cutoff=0.75)]
    sharing = [known for known in ids if len(own) > 3 and own in known]
    return list(dict.fromkeys([*same, *get_close_matches(name, ids, n=3, cutoff=0.85), *close, *sharing]))[:3]
