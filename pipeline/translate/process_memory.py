"""The most memory that this process ever had."""

import resource
import sys


def peak_process_bytes() -> int:
    """Return it in bytes; Linux counts kibibytes, macOS bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
