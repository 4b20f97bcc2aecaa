"""Runs a step through the build's server, or by itself where there is none: python -S -E pipeline/client.py -m pipeline.<step> …

It imports next to nothing, so that it costs a tenth of what a step's own start would.
"""

import _signal
import _socket
import marshal
import posix
import sys

ADDRESS = b"PIPELINE_SERVER"  # in the environment: the server's socket
TERMINAL = "PIPELINE_TERMINAL"  # there, too: the terminal, for a build that has none of its own
REFUSED = b"refused"
LONGEST = 100  # bytes of an answer


def ask(address, words):
    """The connection to a server that was asked for a process with this folder, environment and standard files; None without one."""
    server = _socket.socket(_socket.AF_UNIX, _socket.SOCK_SEQPACKET)
    request = marshal.dumps((words, posix.getcwd(), dict(posix.environ)))
    files = b"".join(file.to_bytes(4, sys.byteorder) for file in (0, 1, 2))
    try:
        server.connect(address)
        server.sendmsg([request], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
    except OSError:
        return None
    return server


def sources():
    """{file: (inode, bytes, time)} of the pipeline's modules: who has imported them compares."""
    files = [file for file in posix.scandir(__file__.rpartition("/")[0]) if file.is_file()]
    return {file.name: (stat.st_ino, stat.st_size, stat.st_mtime_ns) for file in files for stat in [file.stat()]}


def status(answer):
    """An exit status as the shell tells it; 1 where the server has gone."""
    code = int(answer or 1)
    return code if code >= 0 else 128 - code


def main():
    module, *words = sys.argv[2:]
    address = posix.environ.get(ADDRESS)
    if address and (server := ask(address, [module.removeprefix("pipeline."), *words])):
        # Ctrl-C reaches the step as well, whose end is waited for.
        handler = _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
        if (answer := server.recv(LONGEST)) != REFUSED:
            sys.exit(status(answer))
        _signal.signal(_signal.SIGINT, handler)
    posix.execv(sys.executable, [sys.executable, *sys.argv[1:]])


if __name__ == "__main__":
    main()
