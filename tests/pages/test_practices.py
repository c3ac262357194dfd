"""Each practice fails as it is handed out and passes when solved, without a traceback either way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import pages

TOPICS = [page.parent for page in pages()]


def run(script: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_starter_fails_and_says_what_is_missing(topic: Path) -> None:
    result = run(topic / "practice.py")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "no" in result.stdout and not result.stderr


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_solution_passes(topic: Path) -> None:
    result = run(topic / "solution.py")
    assert result.returncode == 0, result.stdout + result.stderr
    assert not result.stderr


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_checks_of_practice_and_solution_are_the_same(topic: Path) -> None:
    behind = 'if __name__ == "__main__":'
    checks = [(topic / name).read_text(encoding="utf-8").partition(behind)[2] for name in ("practice.py", "solution.py")]
    assert checks[0] and checks[0] == checks[1]
