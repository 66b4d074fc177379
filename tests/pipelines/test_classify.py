"""`chipwatch classify`: numbers in, class under each version out; what is missing is named."""

import json

import pytest

from pipelines import cli
from pipelines.classify import Numbers, classify


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        cli.main(["classify", *arguments])
    assert ended.value.code == 0
    return capsys.readouterr().out


def outcome(found: dict[str, list[dict[str, object]]], rule: str) -> dict[str, object]:
    return next(version for version in found["versions"] if version["rule_id"] == rule)


def test_numbers_of_a_known_chip_give_the_known_chips_class() -> None:
    # the H20's numbers: under the lines of 2023, over the letter's of 2025
    numbers = Numbers(
        tpp=2368, die_area=814, memory_bandwidth=4000, io_bandwidth=1028, is_datacentre=True, vendor="nvidia"
    )
    supposed, known = classify(None, numbers, None), classify("nvidia-h20-96gb", Numbers(), None)
    for rule in ("R2022-10", "R2023-11", "R2026-01", "T2026-01", "L2025-04"):
        assert outcome(supposed, rule)["status"] == outcome(known, rule)["status"], rule
    assert outcome(supposed, "R2023-11")["status"] == "not_controlled"
    assert outcome(supposed, "L2025-04")["status"] == "controlled"


def test_what_is_not_given_is_unknown_and_named() -> None:
    found = classify(None, Numbers(tpp=3000), None)
    assert outcome(found, "R2023-11")["status"] == "unknown"
    assert outcome(found, "R2023-11")["missing_inputs"] == "die_area_mm2,is_datacentre"
    assert outcome(found, "R2022-10")["status"] == "not_controlled"  # 3000 is under 4800, whatever the links


def test_a_bound_is_enough_where_every_case_agrees() -> None:
    found = classify(None, Numbers(tpp_at_least=2500, die_area=600, is_datacentre=True), None)
    assert outcome(found, "R2023-11")["status"] == "controlled"
    assert outcome(found, "R2023-11")["paragraph"] == "3A090.a or 3A090.b"


def test_memory_of_its_own_is_c_and_memory_on_a_chip_is_not() -> None:
    stack = classify(None, Numbers(memory_bandwidth=819, die_area=110, is_memory_stack=True), None)
    assert outcome(stack, "R2024-12")["paragraph"] == "3A090.c"
    chip = classify(None, Numbers(memory_bandwidth=819, die_area=110, tpp=100, is_datacentre=True), None)
    assert outcome(chip, "R2024-12")["status"] == "not_controlled"


def test_one_line_a_test_and_the_status_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "--chip", "nvidia-rtx-4090", "--on", "2023-12-01")
    assert "=> controlled (3A090.a); licence required, presumption of denial; exception NAC" in out
    assert "yes  3A090.a clause 1: TPP 5284.8 >= 4800" in out
    assert "no   3A090.a clause 2: not for data centres" in out
    assert "nvidia-rtx-4090 on 2023-12-01: controlled by R2023-11" in out
    assert "R2022-10" not in out


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "--chip", "nvidia-h200-sxm-141gb", "--json"))
    assert outcome(found, "R2026-01")["review_policy"] == "case_by_case"
    assert outcome(found, "T2026-01")["tariff_pct"] == 25
    assert outcome(found, "R2025-01-DIFF-NE")["is_enforced"] is False


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "give --chip ID, or numbers"),
        (["--chip", "nvidia-rtx4090"], 2, "did you mean nvidia-rtx-4090"),
        (["--tpp", "100", "--vendor", "Nobody"], 2, "no maker 'Nobody'"),
        (["--tpp", "100", "--on", "1 May"], 2, "--on '1 May': not a day as YYYY-MM-DD"),
    ],
)
def test_wrong_use_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, message: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["classify", *arguments])
    assert ended.value.code == code
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
