"""Manners of the command line: one-line errors, help with examples, completion, bars that vanish, colours off."""

import os
import pty
import re
import select
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from pipelines import doctor, progress, ui
from pipelines.cli import app, main
from tests.pipelines.conftest import ROOT, chipwatch

VERBS = [
    "classify",
    "run",
    "extract",
    "status",
    "query",
    "export",
    "ui",
    "doctor",
    "source new",
    "source record",
    "source check",
]


def test_every_verb_is_listed_here() -> None:
    group = typer.main.get_command(app)
    found = set()
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found |= {f"{name} {verb}" for verb in inner} if inner else {name}
    assert found == set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_an_example_that_parses(verb: str, tmp_path: Path) -> None:
    shown = chipwatch(tmp_path, *verb.split(), "--help", COLUMNS="200")
    assert shown.returncode == 0
    examples = re.findall(rf"^ +• chipwatch ({verb}.*?) *$", shown.stdout, re.M)
    assert examples, shown.stdout
    group = typer.main.get_command(app)
    for example in examples:
        words = shlex.split(example.split(" > ")[0])
        command, context = group, None
        while hasattr(command, "commands"):
            command = command.commands[words.pop(0)]  # type: ignore[attr-defined]
        context = command.make_context(verb, words, resilient_parsing=True)
        assert context is not None
        unknown = [word for word in words if word.startswith("--") and word not in _options(command)]
        assert not unknown, f"{example}: no option {unknown}"


def _options(command: object) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["qery"], 2, "Did you mean 'query'?"),
        (["query", "--sved", "x"], 2, "--saved"),
        (["query", "--saved", "source_stale"], 2, "did you mean sources_stale"),
        (["query", "--format", "docx"], 2, "'table', 'csv', 'json', 'parquet', 'xlsx'"),
        (["export", "gpu_price"], 2, "did you mean gpu_prices"),
        (["run", "--only", "rates/fed_g55"], 2, "did you mean rates/fed_g5"),
        (["source", "check", "anhui"], 2, "approvals/anhui"),
        (["query", "from chips"], 1, "nothing is published yet; run `chipwatch run` first"),
        (["status"], 1, "nothing is published yet"),
        (["extract", "/no/such.html", "--kind", "policy"], 1, "/no/such.html: No such file or directory"),
        (["source", "record", "market/offers_register"], 1, "its rows lie in the folder"),
        (
            ["extract", "x.html", "--kind", "policy", "--date", "2026-02-30"],
            2,
            "--date '2026-02-30': not a day",
        ),
        (["ui", "--port", "99999"], 2, "'--port'"),
        (["extract", "page.html"], 2, "Missing option '--kind'. Choose from: policy, market"),
        (["extract", "page.html", "--kind", "offers"], 2, "'--kind': 'offers' is not one of 'policy'"),
    ],
)
def test_an_error_is_one_line_on_stderr(tmp_path: Path, arguments: list[str], code: int, told: str) -> None:
    ran = chipwatch(tmp_path, *arguments)
    assert (ran.returncode, ran.stdout) == (code, ""), ran.stderr
    assert told in ran.stderr
    assert ran.stderr.startswith("chipwatch: ")
    assert ran.stderr.count("\n") == 1


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = chipwatch(tmp_path / "file", "run")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"chipwatch: {tmp_path}/file/.dagster: Not a directory\n"


def test_the_ui_can_be_stopped_when_a_script_starts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIPWATCH_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    started: list[object] = []
    monkeypatch.setattr(os, "execve", lambda *_: started.append(signal.getsignal(signal.SIGINT)))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        ui.serve(port)
    finally:
        signal.signal(signal.SIGINT, before)
    assert started == [signal.SIG_DFL]


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = chipwatch(tmp_path, "ui", "--port", str(port))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"chipwatch: port {port}: Address already in use; take another with --port\n"


def test_no_verb_shows_the_help(tmp_path: Path) -> None:
    ran = chipwatch(tmp_path)
    assert (ran.returncode, ran.stderr) == (2, "")
    assert "query" in ran.stdout


@pytest.mark.parametrize(
    ("line", "offers"),
    [
        ("chipwatch query --saved chip_status", "chip_status_on"),
        ("chipwatch query --describe voucher_v", "voucher_values"),
        ("chipwatch export gpu_p", "gpu_prices"),
        ("chipwatch run --only rates/", "rates/fed_g5"),
        ("chipwatch source check approvals/an", "approvals/anhui"),
        ("chipwatch source new policy/x --platform cur", "curated"),
        ("chipwatch do", "doctor"),
    ],
)
def test_the_shell_completes_names(tmp_path: Path, line: str, offers: str) -> None:
    words = line.split(" ")
    program = Path(sys.executable).with_name("chipwatch")
    ran = subprocess.run(
        [program],
        env=os.environ | {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_CHIPWATCH_COMPLETE": "complete_bash"},
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert offers in ran.stdout.split(), ran.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_installs(tmp_path: Path, shell: str) -> None:
    """Into a home of its own; the shell is named, since a test has none above it."""
    program = Path(sys.executable).with_name("chipwatch")
    ran = subprocess.run(
        [program, "--install-completion", shell],
        env=os.environ | {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    written = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert "_CHIPWATCH_COMPLETE" in written


@pytest.fixture
def two(tmp_path: Path) -> dict[str, str]:
    """A set of two sources, so that a check writes nothing into the repository."""
    for name in ("approvals/anhui", "claims/press_2024_03"):
        shutil.copytree(ROOT / "scrapers" / "sources" / name, tmp_path / "own" / name)
    return {"CHIPWATCH_SOURCES": str(tmp_path / "own")}


def on_a_terminal(*arguments: str, home: Path, **environment: str) -> tuple[str, str]:
    """stdout (piped) and stderr (a terminal) of the command line."""
    outer, inner = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        stdout=subprocess.PIPE, stderr=inner, cwd=ROOT,
        env=os.environ | {"CHIPWATCH_HOME": str(home), "TERM": "xterm-256color", "COLUMNS": "100"} | environment,
    )  # fmt: skip
    os.close(inner)
    seen = b""
    while True:
        if select.select([outer], [], [], 60)[0]:
            try:
                part = os.read(outer, 65_536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            seen += part
    assert process.stdout is not None
    out = process.stdout.read().decode()
    process.wait(60)
    os.close(outer)
    return out, seen.decode()


def test_bars_show_on_a_terminal_and_leave_nothing_behind(tmp_path: Path, two: dict[str, str]) -> None:
    out, shown = on_a_terminal("source", "check", home=tmp_path, **two)
    assert "check" in shown
    assert "\x1b[2K" in shown, "the bar's line is cleared"
    assert "\x1b[?25h" in shown, "the cursor is given back"
    assert "2 sources" in out
    assert "\x1b" not in out


def test_bars_and_colours_vanish_when_piped(tmp_path: Path, two: dict[str, str]) -> None:
    ran = chipwatch(tmp_path, "source", "check", **two)
    assert "\x1b" not in ran.stdout + ran.stderr
    assert ran.stderr == ""


@pytest.mark.parametrize("way", [{"NO_COLOR": "1"}, {}])
def test_colours_are_off_when_asked(tmp_path: Path, two: dict[str, str], way: dict[str, str]) -> None:
    _, shown = on_a_terminal(*([] if way else ["--no-color"]), "source", "check", home=tmp_path, **two, **way)
    assert "check" in shown
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown), "a colour code"


def test_doctor_names_the_fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIPWATCH_HOME", str(tmp_path))
    found = {check.name: check for check in doctor.checks()}
    assert found["published"].fix == "run `chipwatch run`"
    assert found["sources"].ok
    assert found["lock"].ok, found["lock"].found
    assert all(check.ok or check.fix for check in found.values())


def test_doctor_sees_a_damaged_publication_and_a_broken_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipelines import sources

    monkeypatch.setenv("CHIPWATCH_HOME", str(tmp_path))
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "manifest.json").write_text(
        '{"files": {"chipwatch.duckdb": {"bytes": 9}}, "as_of": "x"}'
    )
    monkeypatch.setattr(sources, "SOURCES", tmp_path)
    (tmp_path / "policy" / "x").mkdir(parents=True)
    (tmp_path / "policy" / "x" / "source.yml").write_text("title: x")
    found = {check.name: check for check in doctor.checks()}
    assert "is not what was published" in found["published"].found
    assert "chipwatch source check policy/x" in str(found["sources"].fix)


def test_a_platform_that_is_no_source_is_said_and_does_not_stop_the_reading(tmp_path: Path) -> None:
    page = tmp_path / "offers.txt"
    page.write_text("H100 80G 8卡 7.5万元/月")
    ran = chipwatch(
        tmp_path, "extract", str(page), "--kind", "market", "--platform", "autodll", "--date", "2026-07-01"
    )
    assert ran.returncode == 0, ran.stderr
    assert "no market source of that name" in ran.stderr
    assert "did you mean market/autodl" in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert '"record": "offer"' in ran.stdout


@pytest.mark.parametrize(
    "arguments", [["--help"], ["query", "--list"], ["query", "--describe", "gpu_offers"], ["source", "check"]]
)
def test_a_reader_who_has_seen_enough_is_no_failure(
    tmp_path: Path, two: dict[str, str], arguments: list[str]
) -> None:
    """As `chipwatch … | head -1`: nobody reads on."""
    outer, inner = os.pipe()
    os.close(outer)
    ran = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        stdout=inner, stderr=subprocess.PIPE, text=True, cwd=ROOT, check=False,
        env=os.environ | {"CHIPWATCH_HOME": str(tmp_path)} | two,
    )  # fmt: skip
    os.close(inner)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize("seconds", [1.0, 5.0])
def test_ctrl_c_stops_a_run_at_once_in_one_line(tmp_path: Path, seconds: float) -> None:
    """The whole group is struck, as by a terminal: neither Dagster's helpers nor a library may answer."""
    run = subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "run"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True,
        env=os.environ | {"CHIPWATCH_HOME": str(tmp_path)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    time.sleep(seconds)
    os.killpg(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=20)
    assert (run.returncode, out) == (1, "")
    assert err.splitlines() in (
        ["chipwatch: stopped"],
        ["chipwatch: stopped; what was published stays"],
    )


@pytest.mark.parametrize("kind", ["policy", "market", "approvals", "restrictions"])
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nothing.html", b"", "empty"),
        ("noise.bin", bytes(range(256)) * 20, "not text"),
        ("cut.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog", "not a readable PDF"),
        ("broken.xlsx", b"PK\x03\x04broken", "damaged zip"),
        ("noise.xlsx", bytes(range(128)) * 20, "its bytes are not"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_folder(
    tmp_path: Path, kind: str, name: str, content: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        main(["extract", str(tmp_path / name), "--kind", kind])
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (1, "")
    assert err.startswith(f"chipwatch: {tmp_path / name}: ")
    assert told in err
    assert err.count("\n") == 1


def test_a_cut_json_file_and_one_without_facts_say_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, content in (("cut.json", '{"rows": ['), ("other.txt", "nothing to see")):
        (tmp_path / name).write_text(content)
    with pytest.raises(SystemExit) as ended:
        main(["extract", str(tmp_path / "cut.json"), str(tmp_path / "other.txt"), "--kind", "market"])
    out, err = capsys.readouterr()
    assert ended.value.code == 1
    assert err.startswith(f"chipwatch: {tmp_path}/cut.json: not whole JSON")
    assert "nothing about market in the file" in out


def test_a_stopped_bar_gives_the_cursor_back_through_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Dagster puts a pipe before the terminal while the bar is shown."""
    monkeypatch.setattr(progress, "_shown", progress.Progress())
    progress.clear()
    assert "\x1b[?25h" in capfd.readouterr().err
