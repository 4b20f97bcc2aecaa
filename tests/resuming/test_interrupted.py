"""A training that is killed goes on, and ends with the bytes of one that nobody disturbed; a plan says so."""

import os
import re
import signal
import subprocess
import sys

import pytest

from conftest import MINIMAL, awaited

MODEL = "line/regression"
TARGET = f"build/{MINIMAL}/models/{MODEL}.pt"
# A second of epochs, each of which leaves a letter behind; a file says how long they take.
SLOW = (
    "    for _ in run:\n",
    "    import time\n    from pathlib import Path\n    nap = float(Path(__file__).with_name('nap.txt').read_text())\n"
    "    for _ in run:\n        time.sleep(nap)\n        with open('epochs.txt', 'a') as log:\n            log.write('.')\n",
)


def killed(project):
    """How many epochs had passed when a training was killed, some epochs after its first checkpoint."""
    told, epochs = (project.build / "checkpoints" / MODEL).with_suffix(".json"), project.root / "epochs.txt"
    command = [sys.executable, "-m", "pipeline.train", MODEL, "--book", str(MINIMAL)]
    with subprocess.Popen(command, cwd=project.root) as training:
        awaited(told.exists)
        before = epochs.stat().st_size
        awaited(lambda: epochs.stat().st_size > before + 3)
        os.kill(training.pid, signal.SIGKILL)
    return epochs.stat().st_size


@pytest.mark.slow
def test_a_training_that_is_killed_goes_on(project):
    project.edit("line/models/regression.py", *SLOW)
    project.edit("pipeline/resuming/checkpoints.py", "EVERY = 2", "EVERY = 0.2")
    project.edit("line/models/regression.py", "lr=0.3)", "lr=0.3, momentum=0.5)")
    project.write("line/models/nap.txt", "0")
    model, epochs = project.root / TARGET, project.root / "epochs.txt"
    project.make(TARGET)
    undisturbed, _ = model.read_bytes(), (model.unlink(), epochs.unlink())
    project.write("line/models/nap.txt", "0.02")
    done = killed(project)
    (job,) = project.jobs(TARGET)
    kept = int(re.fullmatch(rf"train {MODEL}, going on from epoch (\d+) of 100", job)[1])
    assert 0 < kept < done < 100
    assert f"went on from epoch {kept} of 100" in project.make(TARGET).stderr
    assert epochs.stat().st_size == done + 100 - kept
    assert model.read_bytes() == undisturbed
    assert not list((project.build / "checkpoints").rglob("*.*")) and project.jobs(TARGET) == set()
    # What it has read is another file by now: it begins anew.
    model.unlink()
    killed(project)
    project.write("line/models/nap.txt", "0.01")
    assert project.jobs(TARGET) == {f"train {MODEL}"}
    epochs.unlink()
    project.make(TARGET)
    assert epochs.stat().st_size == 100 and model.read_bytes() == undisturbed
