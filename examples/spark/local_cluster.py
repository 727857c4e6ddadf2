"""A Spark cluster on this machine: a master and workers that are processes of their own, as on several. Linux only."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import typing
from collections.abc import Iterator

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# What makes logs.
sys.path.insert(0, str(ROOT / "Benchmarks/ReadTimes"))

SPARK = pathlib.Path(sys.prefix) / "bin"
ENVIRONMENT = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
OPTIONS = [
    *("--executor-memory", "512m"),
    # Else the worker that starts first has read small logs before the others are there.
    *("--conf", "spark.scheduler.minRegisteredResourcesRatio=1"),
    *("--conf", "spark.ui.enabled=false"),
    *("--conf", "spark.ui.showConsoleProgress=false"),
]


class Cluster:
    """A master and workers of one core each, called worker0 and so on; what they print is in `folder`."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.driver_log = folder / "driver.log"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, workers: int) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.run("master", "master.Master", "--host", "127.0.0.1", "--port", "0")
        self.url = self.wait_for("master", r"Starting Spark master at (\S+)")
        names = [f"worker{i}" for i in range(workers)]
        for name in names:
            files = str(self.folder / name)
            self.run(name, "worker.Worker", "--cores", "1", "--memory", "512m", "--work-dir", files, self.url)
        for name in names:
            self.wait_for(name, "(Successfully registered)")

    def run(self, name: str, kind: str, *options: str) -> None:
        command = [SPARK / "spark-class", f"org.apache.spark.deploy.{kind}", "--webui-port", "0", *options]
        with (self.folder / f"{name}.log").open("wb") as log:
            # A session of its own, in which is all that it starts.
            self.processes[name] = subprocess.Popen(
                command, stdout=log, stderr=log, env=ENVIRONMENT, start_new_session=True
            )

    def wait_for(self, name: str, pattern: str) -> str:
        path = self.folder / f"{name}.log"
        for _ in range(600):
            if found := re.search(pattern, path.read_text()):
                return found[1]
            time.sleep(0.1)
        fail(f"{name} does not start; see {path}")

    def submit(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Starts analyze_logs.py; what Spark says goes to the driver's log."""
        command = [SPARK / "spark-submit", "--master", self.url, *OPTIONS, HERE / "analyze_logs.py", *arguments]
        with self.driver_log.open("wb") as log:
            return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=ENVIRONMENT)

    def running(self, name: str) -> dict[int, list[str]]:
        """The processes of a worker with their commands: itself, its executors, what these run; the oldest first."""
        found = {}
        for pid in sorted(int(entry) for entry in os.listdir("/proc") if entry.isdigit()):
            with contextlib.suppress(OSError):
                if os.getsid(pid) == self.processes[name].pid:
                    found[pid] = pathlib.Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        return found

    def kill(self, name: str) -> None:
        """As if its machine were switched off."""
        for pid in self.running(name):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.processes.pop(name).wait()


@contextlib.contextmanager
def local_cluster(workers: int, folder: pathlib.Path) -> Iterator[Cluster]:
    cluster = Cluster(folder)
    try:
        cluster.start(workers)
        yield cluster
    finally:
        for name in list(cluster.processes):
            cluster.kill(name)


def started(command: list[str]) -> subprocess.Popen[bytes]:
    """With both outputs as one, as spark-submit has them."""
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def say(text: str) -> None:
    print(f"spark: {text}", flush=True)


def fail(text: str) -> typing.NoReturn:
    sys.exit(f"spark: error: {text}")
