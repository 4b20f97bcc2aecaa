"""Before anything is downloaded: does the index of Python packages answer, and which builds of torch are there?

It is pip that is asked, not the network: pip alone knows its indices, proxies, certificates and folders of wheels.
"""

import os
import platform
import re
import subprocess
import sys
from typing import NamedTuple

from pipeline.errors.author import AuthorError

# The CPU build of torch: on Linux the ordinary index has only builds that need several GB of CUDA's libraries.
# TORCH_INDEX=… chooses another index, such as PyTorch's for CUDA.
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
CUDA_MB, CUDA_GB = 2700, 4.7  # what torch 2.13.0 of the ordinary index downloads on Linux, and what it takes on disk
SECONDS = 60  # what pip may take to ask: 5 for each address of an index, and its own start on a busy machine
LABEL = re.compile(r"cpu|cu\d+|rocm[\d.]+|xpu")  # ends the addresses of PyTorch's indices, and their builds' versions
LIBRARIES = re.compile(r"pip|nvidia-.*|cuda-.*|triton.*")  # not in a lock: pip itself, and what only GPUs need

# Where pip says why it cannot fetch something.
REASON = re.compile(
    r"\[Errno -?\d+\] ([^'\"()<>]+)"
    r"|(\d{3} (?:Client|Server) Error: [^:]+?)(?: for url)?:"
    r"|(timed out|certificate verify failed)"
)

NETWORK = "the network; pip is told of a proxy or a mirror by `pip config set global.proxy …` or `global.index-url …`"


class Torch(NamedTuple):
    """A build of torch."""

    requirement: str  # torch==2.13.0+cpu
    options: tuple[str, ...] = ()  # pip's, which say where it lies


class Answer(NamedTuple):
    """What pip finds of a package for this Python."""

    versions: list[str]
    failed: dict[str, str]  # {address: why it is out of reach}


def ask(pip: list[str], package: str, *options: str) -> Answer:
    """What pip finds of a package. pip : its command; options : more of its options."""
    command = [*pip, "index", "versions", package, "--pre", "--retries", "0", "--timeout", "5", "-vv", *options]
    try:
        done = subprocess.run(command, capture_output=True, errors="replace", timeout=SECONDS, encoding="utf-8")
    except subprocess.TimeoutExpired:
        return Answer([], {"all of them": f"no answer within {SECONDS} seconds"})
    versions = re.search(r"^ *Available versions: (.*)", done.stdout, re.MULTILINE)
    failed = re.findall(r"Could not fetch URL (\S+): (.*?)(?: - skipping)?$", done.stdout, re.MULTILINE)
    return Answer(versions[1].split(", ") if versions else [], {address: reason(text) for address, text in failed})


def reason(text: str) -> str:
    """Why an address is out of reach: the essential words of what pip says."""
    found = REASON.search(text)
    return next(filter(None, found.groups())).strip() if found else text


def check_index(pip: list[str], pins: dict[str, str]) -> None:
    """Asks for one package of a lock, {package: version}, and raises an AuthorError where no index has it."""
    package, version = next(iter(pins.items()))
    versions, failed = ask(pip, package)
    if version not in versions:
        whys = [f"{address}: {why}" for address, why in failed.items()] or [f"it has no {package} {version}"]
        message = "the index of Python packages is out of reach, and nothing was downloaded"
        raise AuthorError("\n".join([message, *whys]), NETWORK)


def find_torch(pip: list[str], version: str) -> Torch:
    """The build of torch to install: TORCH_INDEX's, or the CPU build if it is within reach, or the ordinary index's."""
    index = os.environ.get("TORCH_INDEX") or CPU_INDEX
    versions, failed = ask(pip, "torch", "--extra-index-url", index)
    why = next((why for address, why in failed.items() if address.startswith((index.rstrip("/"), "all"))), None)
    if not versions:
        versions = ask(pip, "torch").versions
    return choose(version, versions, index, why)


def choose(version: str, versions: list[str], index: str, why: str | None = None) -> Torch:
    """The build of torch, of one version, among the versions that pip finds. Raises an AuthorError where there is none.

    index : the address of the index that was asked first; why : why it is out of reach, None if it answers.
    """
    options = () if why else ("--extra-index-url", index)
    last = index.rstrip("/").split("/")[-1]
    label = last if LABEL.fullmatch(last) else ""
    builds = [v for v in versions if v == f"{version}+{label}" or (v.startswith(f"{version}+") and not label)]
    if builds:
        return Torch(f"torch=={builds[0]}", options)
    if index != CPU_INDEX and (why or label not in ("", "cpu")):
        message = f"{index} has no torch {version} for {machine()}: {why or 'it has others'}"
        raise AuthorError(message, "unset TORCH_INDEX for the CPU build")
    if version not in versions:
        silent = f" within reach: {why}" if why else ""
        message = f"there is no build of torch {version} for {machine()}{silent}"
        raise AuthorError(message, "the network, or another version of Python")
    if index == CPU_INDEX and (platform.system(), platform.machine()) == ("Linux", "x86_64"):
        size = f"{CUDA_MB:,} MB to download, {CUDA_GB} GB on disk"
        print(
            f"set-up: the CPU build of torch is out of reach ({index}: {why or f'nothing for {machine()}'});",
            f"the ordinary one is installed, with CUDA's libraries that it needs: {size}",
            sep="\n  ",
            file=sys.stderr,
        )
    return Torch(f"torch=={version}", options)


def machine() -> str:
    return f"Python {'.'.join(platform.python_version_tuple()[:2])} on {platform.system()} {platform.machine()}"
