"""Runs a step through the build's server, or by itself where there is none:

    python -X utf8 -S -E pipeline/engine/client.py -m pipeline.<step> …

It imports next to nothing, so that it costs a tenth of what a step's own start would. A step that a signal has ended
said nothing of it: its client does.
"""

import _signal
import _socket
import marshal
import posix
import sys

ADDRESS = b"PIPELINE_SERVER"  # in the environment: the server's socket
REFUSED = b"refused"
LONGEST = 100  # bytes of an answer
SENT = {_signal.SIGINT, _signal.SIGTERM, _signal.SIGHUP}  # by people, who know
SERVER = -1000  # the server itself has gone: no signal has this number
PYTHON = [sys.executable, "-X", "utf8"]


def ask(address: bytes | str, words: list[str]) -> _socket.socket | None:
    """The connection to a server that was asked for a process with this folder, environment and standard files; None
    without one."""
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
    request = marshal.dumps((words, posix.getcwd(), dict(posix.environ)))
    files = b"".join(file.to_bytes(4, sys.byteorder) for file in (0, 1, 2))
    try:
        server.connect(address)
        server.sendmsg([request], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
    except OSError:
        return None
    return server


def sources() -> dict[str, tuple[int, int, int]]:
    """{file: (inode, bytes, time)} of the pipeline's modules: who has imported them compares."""
    folders, found = [__file__.rsplit("/", 2)[0]], {}
    while folders:
        for file in posix.scandir(folders.pop()):
            if file.is_dir():
                folders.append(file.path)
            elif file.name.endswith(".py"):
                stat = file.stat()
                found[file.path] = stat.st_ino, stat.st_size, stat.st_mtime_ns
    return found


def status(answer: bytes | str) -> int:
    """An exit status as the shell tells it; 1 where the server has gone."""
    code = int(answer or 1)
    return code if code >= 0 else 128 - code


def served(words: list[str]) -> bytes | None:
    """What a server answers; None where there is no server, or where it refuses."""
    address = posix.environ.get(ADDRESS)
    if address and (server := ask(address, [words[0].removeprefix("pipeline."), *words[1:]])):
        return None if (answer := server.recv(LONGEST)) == REFUSED else answer
    return None


def alone(words: list[str], interrupt: object) -> bytes:
    """The same of a step in a process of its own, which ends with this one where the system can see to it."""
    here = posix.getpid()
    if step := posix.fork():
        return b"%d" % posix.waitstatus_to_exitcode(posix.waitpid(step, 0)[1])
    _signal.signal(_signal.SIGINT, interrupt)
    if sys.platform == "linux":
        import ctypes  # 20 ms, which only this way takes

        ctypes.CDLL(None).prctl(1, _signal.SIGKILL)  # PR_SET_PDEATHSIG
        if posix.getppid() != here:
            posix._exit(1)
    posix.execv(sys.executable, [*PYTHON, "-m", *words])


def main() -> None:
    words = sys.argv[2:]
    # Ctrl-C reaches the step as well, whose end is waited for.
    interrupt = _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    if (answer := served(words)) is None:
        answer = alone(words, interrupt)
    if (code := int(answer or SERVER)) < 0 and -code not in SENT:
        posix.execv(sys.executable, [*PYTHON, "-m", "pipeline.engine.ended", str(-code), *words])
    sys.exit(status(answer))


if __name__ == "__main__":
    main()
