import time

from pipeline.stopwatch import Stopwatch


def test_a_stage_within_another_counts_for_itself_alone() -> None:
    watch = Stopwatch()
    with watch.stage("outer"):
        time.sleep(0.02)
        with watch.stage("inner"):
            time.sleep(0.05)
        time.sleep(0.02)
    assert 0.05 <= watch.seconds["inner"] < 0.2
    assert 0.04 <= watch.seconds["outer"] < 0.2


def test_what_is_going_on_is_counted_and_idle_time_is_not() -> None:
    watch = Stopwatch()
    with watch.stage("report"):
        time.sleep(0.02)
        assert watch.seconds["report"] >= 0.02
    told = dict(watch.seconds)
    time.sleep(0.02)
    assert watch.seconds == told
