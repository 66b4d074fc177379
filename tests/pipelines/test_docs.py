"""The documents against the code: every table, column, source, saved query and verb is told; links and commands hold."""

import re
import shlex
from pathlib import Path

import pytest
import typer
import yaml

from pipelines.cli import app
from scrapers.source import discover
from tests import readme
from tests.pipelines.conftest import Ran, chipwatch
from warehouse.queries import saved
from warehouse.schema import core, marts

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WRITTEN = [page for page in PAGES if page.name != "dictionary.md"]
TEXT = {page.name: page.read_text(encoding="utf-8") for page in PAGES}


def commands(program: str) -> list[str]:
    """The lines of the documents that a reader would type, comments behind them left out."""
    found = []
    for page in WRITTEN:
        for block in re.findall(r"^```console\n(.*?)^```", TEXT[page.name], re.M | re.S):
            found += [
                line[2:].split("   ")[0].strip()
                for line in block.splitlines()
                if line.startswith(f"$ {program} ")
            ]
    return list(dict.fromkeys(found))


def test_every_mart_and_column_is_in_the_dictionary() -> None:
    text = TEXT["dictionary.md"]
    for mart in marts():
        section = re.search(rf"^## {mart.name}\n(.*?)(?=^## |^# |\Z)", text, re.M | re.S)
        assert section, mart.name
        assert mart.description in section[1]
        for column in mart.own:
            assert f"| `{column.name}` |" in section[1], f"{mart.name}.{column.name}"


def test_every_table_is_told_in_dbt_and_in_words() -> None:
    told = yaml.safe_load((ROOT / "dbt" / "models" / "sources.yml").read_text(encoding="utf-8"))["sources"][
        0
    ]["tables"]
    assert {table["name"] for table in told} == {table.name for table in core()}
    assert all(len(table["description"]) > 15 for table in told)
    # each mart has its SQL and, beside it, its YAML
    for mart in marts():
        folder = ROOT / "dbt" / "models" / "marts" / mart.domain
        assert (folder / f"{mart.name}.sql").exists(), mart.name
        assert (folder / f"{mart.name}.yml").exists(), mart.name


def test_every_model_and_seed_is_known_to_dbt_docs() -> None:
    """Staging and intermediate models say in a comment what they are; seeds in YAML."""
    silent = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "dbt" / "seeds").rglob("*.csv"))
        if not re.search(rf"name: {path.stem}\n\s+description:", _yaml_text("seeds"))
    ]
    assert silent == []


def _yaml_text(folder: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "dbt" / folder).rglob("*.yml"))


def test_every_saved_query_is_in_the_dictionary() -> None:
    for query in saved().values():
        assert f"| `{query.name}` | {query.question} |" in TEXT["dictionary.md"]


def test_every_source_says_what_it_is_and_is_counted() -> None:
    for source in discover():
        assert len(source.summary) >= 50, source.id
        assert source.publisher.name_en, source.id


def test_the_queries_and_tables_of_the_readme_exist() -> None:
    section = re.search(r"^## What it answers\n(.*?)^## ", TEXT["README.md"], re.M | re.S)
    assert section is not None
    names = set(re.findall(r"`([a-z0-9_]+)`", section[1]))
    assert len(names) > 40
    assert names <= set(saved()) | {mart.name for mart in marts()}


def test_every_verb_is_in_the_readme() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        for verb in [f"{name} {inner}" for inner in getattr(command, "commands", {})] or [name]:
            assert f"chipwatch {verb}" in TEXT["README.md"], verb


def test_every_target_of_the_makefile_runs_something_that_exists() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    for verb in re.findall(r"\$\(BIN\)/chipwatch (\w+)", text):
        assert verb in group.commands, verb  # type: ignore[attr-defined]
    phony = re.search(r"^\.PHONY: (.+)$", text, re.M)
    assert phony is not None
    for target in phony[1].split():
        assert re.search(rf"^{target}:", text, re.M), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = TEXT[page.name]
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("http"):
            continue
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if "published/" in target:
            continue  # made by a run
        assert there.exists(), f"{page.name}: {target}"
        if anchor and there.suffix == ".md":
            heads = re.findall(r"^#+ (.+)$", there.read_text(encoding="utf-8"), re.M)
            anchors = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
            assert anchor in anchors, f"{page.name}: {target}"


@pytest.mark.e2e
def test_the_queries_of_the_documents_give_rows(bundled_run: Ran) -> None:
    typed = [
        line for line in commands("chipwatch") if line.startswith("chipwatch query") and "--to" not in line
    ]
    assert len(typed) >= 5
    for line in typed:
        ran = chipwatch(bundled_run.home, *shlex.split(line)[1:])
        assert ran.returncode == 0, f"{line}: {ran.stderr}"
        assert ran.stdout.strip(), line
        assert "nothing on record" not in ran.stderr, line


def test_commands_of_the_documents_are_commands() -> None:
    group = typer.main.get_command(app)
    for line in commands("chipwatch"):
        words = shlex.split(line)[1:]
        command = group
        while hasattr(command, "commands"):
            assert words[0] in command.commands, line  # type: ignore[attr-defined]
            command = command.commands[words.pop(0)]  # type: ignore[attr-defined]
        known = {
            name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)
        }
        assert {word for word in words if word.startswith("--")} <= known | {"--help"}, line
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in commands("make"):
        assert re.search(rf"^{line.split()[1]}:", targets, re.M), line


@pytest.mark.e2e
def test_the_readme_can_be_filled_from_what_is_published(
    bundled_run: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`make docs` finds its marks and its rows; what a result says is the saved queries' matter."""
    monkeypatch.setenv("CHIPWATCH_HOME", str(bundled_run.home))
    copy = tmp_path / "README.md"
    copy.write_text(TEXT["README.md"], encoding="utf-8")
    readme.main(copy)
    filled = copy.read_text(encoding="utf-8")
    assert "controlled by R2023-11" in filled
    assert re.search(r"\| Guangdong \| filing \| \d+ \|", filled)
    assert re.search(r"\| 330100-compute-voucher-\S+ \| rate_cap \| 30 \|", filled)
    for mart in marts():
        assert f"| `{mart.name}` |" in filled, mart.name
    with pytest.raises(SystemExit, match="the marks of counts"):
        readme.fill("no marks", "counts", "x")
