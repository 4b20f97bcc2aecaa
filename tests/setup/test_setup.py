"""The set-up of a fresh machine: stopped, moved, without what it needs, out of reach; by a lock of two tiny packages in
a folder."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from conftest import ROOT
from pipeline.errors.author import AuthorError
from pipeline.setup import install, needs, renew, wheels

ROOMS = ("setup", "errors")  # of pipeline/: what runs before any package is there
LOCK = "tiny==1.0\ntorch==2.13.0\n"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the ordinary index has CPU builds here")


def wheel(folder, package, version, requires=()):
    """Writes a wheel with one module and, named like it, one script."""
    info = f"{package}-{version}.dist-info"
    files = {
        f"{package}.py": f"def main():\n    print('{package} {version}')\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n"
        + "".join(f"Requires-Dist: {r}\n" for r in requires),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{package} = {package}:main\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(folder / f"{package}-{version}-py3-none-any.whl", "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)


class Fresh:
    """A project of nothing but what sets it up, and a folder of wheels that is all that pip is told of."""

    def __init__(self, room):
        self.root, self.wheels = room / "project", room / "wheels"
        self.wheels.mkdir(parents=True)
        for name in ROOMS:
            shutil.copytree(ROOT / "pipeline" / name, self.root / "pipeline" / name)
        self.lock(LOCK)
        self.bin = room / "bin"
        self.bin.mkdir()
        for tool in needs.WANTED:  # or root would have them installed
            (self.bin / tool).symlink_to(shutil.which("true"))
        for package, version in (("tiny", "1.0"), ("tiny", "2.0"), ("torch", "2.13.0+cpu")):
            wheel(self.wheels, package, version)

    venv = property(lambda self: self.root / ".venv")

    def lock(self, text):
        (self.root / "requirements.lock").write_text(text, encoding="utf-8")

    def start(self, *arguments, **settings):
        """The set-up, as it begins, in a session of its own."""
        told = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)} | settings
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "TORCH_"))}
        path = os.pathsep.join([str(Path(sys.base_prefix, "bin")), str(self.bin), os.environ["PATH"]])
        command = ["sh", self.root / "pipeline/setup/setup.sh", *arguments]
        return subprocess.Popen(
            command,
            env=kept | told | {"PATH": path},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background has it ignored
            encoding="utf-8",
        )

    def set_up(self, *arguments, **settings):
        """(exit status, what was said) of the set-up."""
        process = self.start(*arguments, **settings)
        said = process.communicate(timeout=120)[0]
        return process.returncode, said

    def says(self, package):
        """What an installed package's script prints."""
        return subprocess.run(
            [self.venv / "bin" / package], capture_output=True, text=True, check=True, encoding="utf-8"
        ).stdout.strip()


# ---- An environment that works, and what becomes of one that does not ----


@pytest.fixture
def here(tmp_path, monkeypatch):
    """What state() looks at, without what it does not: a project whose environment is whole."""
    venv, version = tmp_path / ".venv", f"python{sys.version_info[0]}.{sys.version_info[1]}"
    for name, path in (("ROOT", tmp_path), ("VENV", venv), ("LOCK", tmp_path / "requirements.lock")):
        monkeypatch.setattr(install, name, path)
    monkeypatch.delenv("TORCH_INDEX", raising=False)
    install.LOCK.write_text(LOCK, encoding="utf-8")
    for package in ("pip-26.0.dist-info", "tiny-1.0-py3.11.egg-info", "torch-2.13.0+cpu.dist-info"):
        (venv / "lib" / version / "site-packages" / package).mkdir(parents=True)
    (venv / "bin").mkdir()
    (venv / "bin/python").symlink_to(sys.executable)
    (venv / install.WHOLE).write_text(
        json.dumps(install.asked() | {"packages": ["pip", "tiny", "torch"]}), encoding="utf-8"
    )
    assert install.state() == "whole"
    return venv


DAMAGES = {
    "stopped before its end": (install.WHOLE, None),
    "half-written": (install.WHOLE, "{"),
    "of an earlier project": (install.WHOLE, "{}"),
    "made elsewhere": (
        install.WHOLE,
        json.dumps({"place": "/elsewhere/.venv", "torch": None, "lock": LOCK, "packages": []}),
    ),
    "Python gone": ("bin/python", None),
    "Python that does not start": ("bin/python", "#!/nowhere/python\n"),
    "another version of Python": ("lib/python3*", None),
    "pip lacking": ("lib/python3*/site-packages/pip-*.dist-info", None),
    "a package lacking": ("lib/python3*/site-packages/tiny-*.egg-info", None),
}


@pytest.mark.parametrize(("damaged", "text"), DAMAGES.values(), ids=DAMAGES)
def test_what_does_not_work_is_broken(here, damaged, text):
    path = next(here.glob(damaged))
    path.rename(path.with_name("aside"))
    if text is not None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)
    assert install.state() == "broken"


def test_what_may_not_be_written_is_told(here, monkeypatch):
    monkeypatch.setattr(install, "set_up", lambda: (here / "no/such/folder").mkdir())
    install.LOCK.write_text("", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        install.main()
    assert stop.value.code == f"set-up: {here}/no/such/folder: No such file or directory"


def test_a_changed_lock_is_old_and_another_torch_is_made_anew(here, monkeypatch):
    install.LOCK.write_text(LOCK.replace("1.0", "2.0"), encoding="utf-8")
    assert install.state() == "old"
    monkeypatch.setenv("TORCH_INDEX", "https://example.org/whl/cu130")
    assert install.state() == "broken"


# What is there when the set-up is stopped, and how: Ctrl-C tells all of its processes, a killed one leaves its pip at
# work.
MOMENTS = (signal.SIGINT, "bin/python"), (signal.SIGKILL, "lib/python3*/site-packages/torch.py")
OFFLINE = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": "http://127.0.0.1:9/simple"}


@pytest.mark.long
@LINUX
def test_stopped_moved_and_offline_it_goes_on(tmp_path):
    fresh = Fresh(tmp_path)
    for how, moment in MOMENTS:
        process = fresh.start()
        while process.poll() is None and not list(fresh.venv.glob(moment)):
            time.sleep(0.002)
        if how == signal.SIGINT:
            os.killpg(process.pid, how)
            said = process.communicate()[0]
            assert (process.returncode != 0, "Traceback" in said) == (True, False), said
        process.kill()
        process.stdout.close()
        process.wait()
        assert not (fresh.venv / install.WHOLE).exists()
    status, said = fresh.set_up()
    assert (status, said.splitlines()[-1], fresh.says("tiny")) == (
        0,
        "set-up: installing Python packages into .venv",
        "tiny 1.0",
    )
    whole = (fresh.venv / install.WHOLE).stat().st_mtime_ns
    assert fresh.set_up() == (0, "")
    assert (fresh.venv / install.WHOLE).stat().st_mtime_ns == whole

    # The lock changes where there is no network: nothing is lost.
    fresh.lock(LOCK.replace("1.0", "2.0"))
    assert fresh.set_up(**OFFLINE) == (
        1,
        "set-up: the index of Python packages is out of reach, and nothing was downloaded\n"
        "  http://127.0.0.1:9/simple/tiny/: Connection refused\n"
        "  try the network; pip is told of a proxy or a mirror by `pip config set global.proxy …` or `global.index-url …`\n",
    )
    assert fresh.says("tiny") == "tiny 1.0"

    # The folder is moved, to where there is no CPU build of torch: the ordinary one comes with its libraries.
    fresh.root = fresh.root.rename(tmp_path / "moved to {here}; now")
    (fresh.wheels / "torch-2.13.0+cpu-py3-none-any.whl").unlink()
    wheel(fresh.wheels, "torch", "2.13.0", requires=["nvidia-tiny>=3", "tiny"])
    wheel(fresh.wheels, "nvidia_tiny", "3.1")
    status, said = fresh.set_up()
    assert (status, fresh.says("tiny"), fresh.says("nvidia_tiny")) == (0, "tiny 2.0", "nvidia_tiny 3.1"), said
    assert f"{wheels.CUDA_MB:,} MB to download" in said


# ---- The lock ----


def test_the_lock_fits_what_is_asked_for():
    lock = {
        canonicalize_name(name): version
        for name, version in install.pins(install.LOCK.read_text(encoding="utf-8")).items()
    }
    asked = [Requirement(text) for text in renew.requested()]
    assert [str(each) for each in asked if lock.get(canonicalize_name(each.name), "") not in each.specifier] == []


PROJECT = """
[project]
dependencies = ["torch==2.13.0"]
[project.optional-dependencies]
dev = ["tiny>1"]
"""


@pytest.mark.long
@LINUX
def test_the_lock_is_renewed_from_pyproject(tmp_path):
    fresh = Fresh(tmp_path)
    (fresh.root / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    status, said = fresh.set_up("renew")
    assert status == 0, said
    lock = (fresh.root / "requirements.lock").read_text(encoding="utf-8")
    assert {"tiny": "2.0", "torch": "2.13.0"}.items() <= install.pins(lock).items()
    assert "pip" not in install.pins(lock) and not fresh.venv.exists()


# ---- What is missing ----


@pytest.fixture
def bare(tmp_path, monkeypatch):
    """A system with apt-get and Python, without any of what the project needs, and a user who may not install it."""
    for name, path in (("ROOT", tmp_path), ("VENV", tmp_path / ".venv"), ("LOCK", tmp_path / "requirements.lock")):
        monkeypatch.setattr(install, name, path)
    (tmp_path / "requirements.lock").write_text(LOCK, encoding="utf-8")
    monkeypatch.setattr(shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)
    monkeypatch.setattr(needs.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(needs, "COMPILED", (3, 0))
    monkeypatch.setattr(needs.sysconfig, "get_path", lambda name: str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return tmp_path


def test_all_that_is_missing_is_told_at_once(bare):
    with pytest.raises(SystemExit) as stop:
        install.main()
    assert stop.value.code == (
        "set-up: missing: Python's venv, a C compiler, Python.h, pdflatex, bibtex, latexmk, pdftoppm, gs, TeX\n"
        "  this installs it (as root); then `make` goes on:\n"
        f"    apt-get update && apt-get install -y --no-install-recommends {needs.PYTHON}-venv gcc libc6-dev {needs.PYTHON}-dev {needs.APT}"
    )
    assert [path.name for path in bare.iterdir()] == ["requirements.lock"]


def test_systems_without_apt_have_their_own_command(bare, monkeypatch):
    told = {}
    for tool in ("dnf", "brew", "none"):
        monkeypatch.setattr(shutil, "which", {tool: tool, "sudo": "sudo"}.get)
        with pytest.raises(SystemExit) as stop:
            install.main()
        told[tool] = stop.value.code.splitlines()[2:]
    assert [len(lines) for lines in told.values()] == [1, 1, 3]
    assert told["dnf"][0].startswith("    sudo dnf install -y python3-pip gcc")
    assert "sudo tlmgr install" in told["brew"][0]


def test_root_has_it_installed(bare, monkeypatch):
    ran = []

    def run(command, **_):
        ran.append(command)
        return subprocess.CompletedProcess(
            command, 100 if "install" in command else 0, "", "E: Unable to locate package gcc\n"
        )

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(SystemExit) as stop:
        install.main()
    assert (
        "set-up: the system's packages could not be installed: E: Unable to locate package gcc\n  try "
        in stop.value.code
    )
    assert {"gcc", "texlive-latex-base", "bubblewrap", "fontconfig"} <= set(ran[-1])
    assert [path.name for path in bare.iterdir()] == ["requirements.lock"]


def test_what_is_only_wanted_stops_nothing(bare, monkeypatch, capsys):
    needs.install_wanted()
    expected = (
        "set-up: wanted, though all goes on without: bubblewrap, fontconfig, ffmpeg\n"
        if sys.platform == "linux"
        else ""
    )
    assert capsys.readouterr().err == expected


# ---- Out of reach ----


FAILURES = {
    "[Errno -3] Temporary failure in name resolution')) - skipping": "Temporary failure in name resolution",
    "Failed to resolve IP address for 'example.org' ([Errno -2] Name or service not known)": "Name or service not known",
    "403 Client Error: Forbidden for url: https://example.org/torch/": "403 Client Error: Forbidden",
    "HTTPSConnectionPool(host='example.org', port=443): Read timed out. (read timeout=5.0)": "timed out",
    "There was a problem confirming the ssl certificate: … certificate verify failed: unable to get": "certificate verify failed",
    "something new": "something new",
}


@pytest.mark.parametrize("said", FAILURES)
def test_what_pip_says_is_put_in_a_few_words(said):
    assert wheels.reason(said) == FAILURES[said]


CUDA, MIRROR = "https://download.pytorch.org/whl/cu130/", "https://example.org/simple"
BUILDS = {
    "the CPU build": (["2.13.0+cpu", "2.13.0", "2.12.0+cpu"], wheels.CPU_INDEX, None, "torch==2.13.0+cpu", True),
    "a CPU build in a folder": (["2.13.0+cpu", "2.13.0"], wheels.CPU_INDEX, "timed out", "torch==2.13.0+cpu", False),
    "the ordinary build": (["2.14.0", "2.13.0"], wheels.CPU_INDEX, "timed out", "torch==2.13.0", False),
    "CUDA's, though there is a CPU build": (
        ["2.13.0+cu130", "2.13.0+cpu", "2.13.0"],
        CUDA,
        None,
        "torch==2.13.0+cu130",
        True,
    ),
    "a mirror's only build": (["2.13.0"], MIRROR, None, "torch==2.13.0", True),
}


@pytest.mark.parametrize(("versions", "index", "why", "requirement", "from_index"), BUILDS.values(), ids=BUILDS)
def test_the_build_of_torch(versions, index, why, requirement, from_index, capsys):
    torch = wheels.choose("2.13.0", versions, index, why)
    assert torch == wheels.Torch(requirement, ("--extra-index-url", index) if from_index else ())
    if (wheels.platform.system(), wheels.platform.machine()) == ("Linux", "x86_64"):
        assert ("MB to download" in capsys.readouterr().err) == (
            requirement == "torch==2.13.0" and index == wheels.CPU_INDEX
        )


def test_an_index_that_never_answers_keeps_no_one_from_the_ordinary_one(monkeypatch):
    silent = wheels.Answer([], {"all of them": "no answer within 60 seconds"})
    monkeypatch.setattr(
        wheels, "ask", lambda pip, package, *options: silent if options else wheels.Answer(["2.13.0+cpu"], {})
    )
    assert wheels.find_torch([], "2.13.0") == wheels.Torch("torch==2.13.0+cpu")


@pytest.mark.parametrize(
    ("versions", "index", "why", "message"),
    [
        (["2.13.0", "2.13.0+cpu"], CUDA, None, f"{CUDA} has no torch 2.13.0 for Python 3"),
        (["2.13.0"], MIRROR, "403 Client Error", f"{MIRROR} has no torch 2.13.0"),
        (["2.12.0"], wheels.CPU_INDEX, None, "there is no build of torch 2.13.0 for Python 3"),
    ],
)
def test_no_build_of_torch_is_told(versions, index, why, message):
    with pytest.raises(AuthorError, match=re.escape(message)):
        wheels.choose("2.13.0", versions, index, why)


def test_the_lock_leaves_out_what_only_gpus_need():
    frozen = ["pip", "nvidia-cublas", "cuda-bindings", "triton", "torch", "tqdm"]
    assert [package for package in frozen if not wheels.LIBRARIES.fullmatch(package)] == ["torch", "tqdm"]
