"""How many processor cores this process may use: its affinity and its control group, not the whole machine."""

import math
import os
from pathlib import Path

CGROUPS = Path("/sys/fs/cgroup")


def available_cores(cgroups: Path = CGROUPS) -> int:
    """Return the number of cores, at least 1.

    Args:
        cgroups: Where control groups are mounted (version 2: `cpu.max`; version 1: `cpu/cpu.cfs_*_us`).
    """
    affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota = _quota(cgroups)
    return max(1, min(affinity, math.floor(quota))) if quota else affinity


def divide_cores(cores: int) -> tuple[int, int]:
    """Return (inter, intra): batches at work at once, threads for each; their product never exceeds the cores."""
    intra = max(1, cores // 8)
    return max(1, cores // intra), intra


def _quota(cgroups: Path) -> float | None:
    for read in (_quota_v2, _quota_v1):
        try:
            quota, period = read(cgroups)
        except (OSError, ValueError):
            continue
        if quota > 0 and period > 0:
            return quota / period
    return None


def _quota_v2(cgroups: Path) -> tuple[int, int]:
    quota, period = (cgroups / "cpu.max").read_text(encoding="ascii").split()
    return int(quota), int(period)


def _quota_v1(cgroups: Path) -> tuple[int, int]:
    folder = cgroups / "cpu"
    quota, period = ((folder / f"cpu.cfs_{name}_us").read_text(encoding="ascii") for name in ("quota", "period"))
    return int(quota), int(period)
