"""A stage of an Apertium pipeline that runs its program afresh for every line; started as a script of its own.

Takes NUL-ended lines on standard input and gives as many, in the same order, on standard output. It stands in for a
program that remembers what it should not and that no warm-up cures: started anew, it has nothing to remember.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

READ_BYTES = 1 << 16


def run_afresh(command: Sequence[str], line: bytes) -> bytes:
    """Return what a new process of the program makes of one line.

    Raises:
        ChildProcessError: It ended without finishing the line.
    """
    output = subprocess.run(command, input=line + b"\0", stdout=subprocess.PIPE, check=False).stdout
    finished, end, _ = output.partition(b"\0")
    if not end:
        raise ChildProcessError(f"{command[0]} ended without finishing the line")
    return finished


def main(command: Sequence[str]) -> None:
    """Serve standard input until it ends."""
    unfinished = b""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        while chunk := os.read(sys.stdin.fileno(), READ_BYTES):
            *lines, unfinished = (unfinished + chunk).split(b"\0")
            for output in pool.map(lambda line: run_afresh(command, line), lines):
                sys.stdout.buffer.write(output + b"\0")
                sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
