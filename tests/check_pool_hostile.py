"""A check that kills its process at a certain sentence, as a defect in a compiled library would."""

import os
import signal

from pipeline.check.release import check_release
from pipeline.check_pool import ToCheck
from pipeline.records import CheckedDocument


def check_or_die(task: ToCheck) -> CheckedDocument:
    if "Deadly" in task.translated.hypotheses[0].text:
        os.kill(os.getpid(), signal.SIGKILL)
    return check_release(task.prepared, task.translated, task.settings)
