"""What the code keeps to."""

import re
import subprocess
import sys

from conftest import ROOT


def check(*command):
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_is_content():
    check("ruff", "check", "--no-cache", ".")
    check("ruff", "format", "--check", "--no-cache", ".")


def test_snakefmt_is_content():
    check("snakefmt", "--check", "Snakefile", "pipeline/rules")


def test_snakemakes_linter_wants_nothing_but_containers(built):
    done = built.snakemake("--lint")
    complaints = re.findall(r"^ +\* (.*):$", done.stdout + done.stderr, re.MULTILINE)
    assert set(complaints) == {"Specify a conda environment or container for each rule."}
