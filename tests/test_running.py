"""What docs/operations.md promises: a unit that systemd takes, a container that does what is done by hand, a bill of what is locked."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from interlock.server.metrics import Metrics

ROOT = Path(__file__).parents[1]
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
QUESTIONS = """
import json
from interlock.graph import Engine, load
from interlock.schema import Context, build_schema
engine = Engine(load())
ask = '{ ask(question: "How is Netflix connected to Meta\\'s board in 2015?") { sentence paths { nodes { sentence } } } }'
date = '{ compare(from: "Netflix", to: "Meta", dates: ["2011-06", "2019-05-30"]) { sentence opened { sentence } } }'
days = '{ coincidences(between: "Netflix", and: "Meta", first: 5) { leastDays mostDays sentence } }'
lock = '{ interlocks(company: "Apple", first: 5) { sentence perYear { year certain possible } } }'
version = '{ dataset { version } }'
print(json.dumps([build_schema().execute_sync(each, context_value=Context(engine)).data for each in (ask, date, days, lock, version)]))
"""


def test_every_metric_is_told_of() -> None:
    names = {each.name for each in Metrics().registry.collect()}
    told = set(re.findall(r"`(interlock_[a-z_]+?)(?:_total|_info)?`", OPERATIONS))
    assert {name.removesuffix("_info") for name in names} == told


def test_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze here")
    unit = tmp_path / "interlock.service"
    text = (ROOT / "docs/interlock.service").read_text(encoding="utf-8")
    unit.write_text(text.replace("/opt/interlock/bin/interlock", shutil.which("true") or "/bin/true"), encoding="utf-8")
    verified = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (verified.returncode, [line for line in verified.stderr.splitlines() if "interlock" in line]) == (0, [])


def test_container_does_what_is_done_by_hand_and_in_ci_and_runs_without_rights() -> None:
    by_hand = re.findall(r"^/opt/interlock/bin/python -m pip (install .*)$", OPERATIONS, re.MULTILINE)
    assert len(by_hand) == 2
    steps = [step for line in re.findall(r"^RUN (.*)$", CONTAINER, re.MULTILINE) for step in line.split(" && ")]
    assert any(step.endswith(by_hand[0]) for step in steps)
    assert any(re.search(r"pip install --no-deps /dist/\*\.whl$", step) for step in steps)
    assert '.venv/bin/python .ci/container.py "$scratch/container"' in (ROOT / ".ci/run").read_text(encoding="utf-8"), (
        "these steps are done in CI"
    )
    assert re.findall(r"^USER (.*)$", CONTAINER, re.MULTILINE) == ["65534:65534"]
    assert CONTAINER.count("\nFROM ") == 2
    assert "pip" not in CONTAINER.rpartition("\nFROM ")[2]


def test_bill_names_every_package_that_is_locked_with_its_hashes() -> None:
    bill = runpy.run_path(str(ROOT / ".ci/sbom.py"))["bill"]()
    locked = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    named = [(each["name"], each["version"]) for each in bill["components"] if each["purl"].startswith("pkg:pypi/")]
    assert named == locked
    assert {"lit", "cytoscape"} <= {each["name"] for each in bill["components"]}
    assert all(each["hashes"] for each in bill["components"])
    assert len({each["bom-ref"] for each in bill["components"]}) == len(bill["components"])


def test_answers_are_the_same_wherever_the_clock_stands() -> None:
    def answered(zone: str) -> object:
        command = (sys.executable, "-c", QUESTIONS)
        return json.loads(subprocess.run(command, env=os.environ | {"TZ": zone}, capture_output=True, check=True).stdout)

    here = answered("UTC")
    assert None not in here  # type: ignore[operator]
    assert answered("Pacific/Kiritimati") == here
