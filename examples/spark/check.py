#!/usr/bin/env python3
"""Compares reports of analyze_logs.py with those of `analyze LOG...`, byte for byte: of logs that workers open, of logs
that come as streams, and where a worker is killed amid its work.

    check.py ANALYZE FOLDER     Scripts/test-spark starts it
"""

import filecmp
import gzip
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import time

from local_cluster import ROOT, Cluster, fail, local_cluster, say, started

import dialects
import logs


def main() -> None:
    analyze, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    names = mixed_logs(folder / "logs")
    expected = Report(folder / "expected")
    expected.take(started([analyze, *names, *expected.option]))

    with local_cluster(2, folder / "cluster") as cluster:
        plain = Report(folder / "plain")
        plain.take(cluster.submit("--analyze", analyze, *names, *plain.option))
        plain.expect_same(expected)
        say(f"two workers give the report of 'analyze LOG...' of {len(names)} logs, file by file")

        job = cluster.submit("--analyze", analyze, "--tasks", "3", "--cat", "cat {}", *names)
        if job.communicate() != started([analyze, *names]).communicate():
            fail(f"the report of streams is another one; see {cluster.driver_log}")
        say("so they do where logs come as streams and are read several in a task")

        killed = Report(folder / "killed")
        job = cluster.submit("--analyze", slowed(analyze, folder / "slow"), *names, *killed.option)
        kill_amid_work(cluster, "worker0", job)
        killed.take(job)
        killed.expect_same(expected)
        log = cluster.driver_log.read_text()
        again = sorted({int(task) for task in re.findall(r"Starting task (\d+)\.1 in stage 0\.0", log)})
        if "Lost executor" not in log or len(again) < 3:
            fail("Spark lost no work, so nothing was tried")
        say(f"so does one where the other was killed reading its third log; tasks done again: {again}")


class Report:
    """A report in a folder, and what the program said of it."""

    def __init__(self, folder: pathlib.Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.folder = folder
        self.option = ["-o", str(folder)]

    def take(self, process: subprocess.Popen[bytes]) -> None:
        """Waits until it is written."""
        output, _ = process.communicate()
        self.said = (process.returncode, output.replace(bytes(self.folder), b"REPORT"))
        self.files = sorted(path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file())

    def expect_same(self, other: "Report") -> None:
        _, differing, missing = filecmp.cmpfiles(self.folder, other.folder, other.files, shallow=False)
        if differing or missing or not self.files or self.files != other.files or self.said != other.said:
            fail(f"{self.folder} differs from {other.folder}")


def kill_amid_work(cluster: Cluster, worker: str, job: subprocess.Popen[bytes]) -> None:
    """Kills a worker, and all that runs there, while it reads its third log."""
    seen: set[str] = set()
    while len(seen) < 3:
        if job.poll() is not None:
            fail(f"the work was done before a worker could be killed; see {cluster.driver_log}")
        for command in cluster.running(worker).values():
            if "reduce" in command:
                seen.add(command[command.index("reduce") + 1])
        time.sleep(0.02)
    cluster.kill(worker)


def mixed_logs(folder: pathlib.Path) -> list[str]:
    """Logs of all dialects in no order, one of them damaged, one compressed, one named twice, one with a sidecar. Their
    names are relative to the folder, which is the current one then."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.chdir(folder)
    for dialect in dialects.boots:
        for seed in ("1", "2"):
            logs.write(dialect, 200_000, seed, f"{dialect}-{seed}.txt")
    for path in (ROOT / "logs").glob("*.txt"):
        shutil.copy(path, path.name)
    damaged = bytearray(pathlib.Path("sealed-1.txt").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    pathlib.Path("sealed-1.txt").write_bytes(damaged)
    pathlib.Path("mlperf-3.txt.gz").write_bytes(gzip.compress(pathlib.Path("mlperf-1.txt").read_bytes()))
    pathlib.Path("profiler-1.toml").write_text('model = "kws"\nboard = "pico2"\n')
    names = sorted(str(path) for path in pathlib.Path().glob("*.txt*"))
    random.Random(1).shuffle(names)
    return [*names, names[0]]


def slowed(analyze: str, folder: pathlib.Path) -> str:
    """A program that takes half a second longer, so that the work has a middle."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "analyze"
    path.write_text(f'#!/bin/sh\nsleep 0.5\nexec "{analyze}" "$@"\n')
    path.chmod(0o755)
    return str(path)


if __name__ == "__main__":
    main()
