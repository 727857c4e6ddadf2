#!/usr/bin/env python3
"""Times analyze_logs.py with 1, 2 and 4 workers of this machine, and what does without Spark: the table of
docs/spark.md.

    times.py ANALYZE FOLDER     Scripts/test-spark --times starts it; by environment: SIZE=2000 (MB of logs), REPEATS=3,
                                of which the best counts
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable

from local_cluster import fail, local_cluster, say, started

import logs

Start = Callable[[list[str]], subprocess.Popen[bytes]]


def main() -> None:
    analyze, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    size, repeats = int(os.environ.get("SIZE") or 2000), int(os.environ.get("REPEATS") or 3)
    clock = Clock(folder / "timed", size, repeats)
    before = os.getloadavg()[0]
    clock.time("`analyze LOG...`", lambda names: started([analyze, *names]))
    clock.time("`xargs -P 2`, `merge`", lambda names: at_once(analyze, names))
    for workers in (1, 2, 4):
        with local_cluster(workers, folder / "cluster") as cluster:
            clock.time(f"Spark, workers: {workers}", lambda names: cluster.submit("--analyze", analyze, *names))
    shutil.rmtree(clock.folder)
    print(f"{machine()}, load {before:.1f} before; {len(clock.all)} logs, {size} MB; best of {repeats}.\n")
    print("| | one small log (s) | all (s) | MB/s, all less the small one |\n|---|--:|--:|--:|")
    for name, start, whole in clock.rows:
        print(f"| {name} | {start:.1f} | {whole:.1f} | {size / (whole - start):.0f} |")


class Clock:
    """Wall seconds of one small log, which is what starting takes, and of all logs, which are made here."""

    def __init__(self, folder: pathlib.Path, size: int, repeats: int) -> None:
        self.folder = folder
        self.repeats = repeats
        self.all = [f"{i:02}.txt" for i in range(40)]
        self.small = ["small.txt"]
        self.rows: list[tuple[str, float, float]] = []
        self.outputs: dict[str, bytes] = {}
        folder.mkdir(parents=True, exist_ok=True)
        os.chdir(folder)
        say(f"making {size} MB of logs")
        for i, name in enumerate(self.all):
            logs.write(("application", "sealed")[i % 2], size * 1_000_000 // len(self.all), str(i), name)
        logs.write("application", 10_000, "1", self.small[0])

    def time(self, name: str, start: Start) -> None:
        say(f"timing {name}")
        rounds = [(self.seconds(start, self.small), self.seconds(start, self.all)) for _ in range(self.repeats)]
        self.rows.append((name, *(min(column) for column in zip(*rounds))))

    def seconds(self, start: Start, names: list[str]) -> float:
        begin = time.perf_counter()
        output, _ = start(names).communicate()
        taken = time.perf_counter() - begin
        if output != self.outputs.setdefault(names[0], output):
            fail("the reports differ")
        return taken


def at_once(analyze: str, names: list[str]) -> subprocess.Popen[bytes]:
    """Parts by two processes, then the report."""
    script = 'printf "%s\\n" "$@" | xargs -P 2 -I LOG "$0" reduce LOG -o LOG.part 2>/dev/null; "$0" merge ${@/%/.part}'
    return started(["bash", "-c", script, analyze, *names])


def machine() -> str:
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{cpu[1] if cpu else 'unknown CPU'}, {len(os.sched_getaffinity(0))} processors"


if __name__ == "__main__":
    main()
