#!/usr/bin/env python3
"""The report that `analyze LOG...` gives, with the logs read by the workers of a Spark cluster.

    spark-submit [OPTIONS OF SPARK] analyze_logs.py LOG... [-o REPORT]

Some logs in a row are an element of an RDD. `analyze reduce` makes a part of them on a worker, which is about a
hundredth of their size. Parts in a row are a part, so they are joined in a tree, and `analyze merge` makes the report
of that one on the driver. Each carries its number: a tree joins in any order, the report has that of the command line.

docs/spark.md tells what a cluster needs.
"""

import argparse
import gzip
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
from typing import IO

from pyspark import SparkContext, SparkFiles

# Parts, compressed, by the number of their logs.
Parts = dict[int, bytes]


def main() -> int:
    arguments = parsed(sys.argv[1:])
    program = os.path.basename(arguments.analyze)
    folder = os.getcwd()
    cat = shlex.split(arguments.cat) if arguments.cat else None

    def parts_of(numbered: tuple[int, list[str]]) -> Parts:
        number, logs = numbered
        reader = Reader(SparkFiles.get(program), folder)
        part = b"".join(reader.streamed(log, cat) for log in logs) if cat else reader.reduced(logs)
        return {number: part}

    context = SparkContext(appName="analyze")
    context.addFile(arguments.analyze)
    rows = list(enumerate(in_a_row(arguments.logs, arguments.tasks)))
    parts: Parts = context.parallelize(rows, len(rows)).map(parts_of).treeReduce(lambda some, more: some | more)
    context.stop()

    part = b"".join(parts[number] for number in sorted(parts))
    if arguments.keep:
        arguments.keep.write_bytes(part)
    output = ["-o", arguments.output] if arguments.output else []
    return subprocess.run([arguments.analyze, "merge", "-", *output], input=part).returncode


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The report of many logs, read by the workers of a Spark cluster.")
    parser.add_argument("logs", nargs="+", metavar="LOG", help="a name that every worker can open, or see --cat")
    parser.add_argument(
        "--analyze",
        default=shutil.which("analyze"),
        metavar="PROGRAM",
        help="the program, which Spark copies to the workers; the one on the PATH unless told",
    )
    parser.add_argument(
        "--cat",
        metavar="COMMAND",
        help="writes the log {} to standard output, on the worker, as in 'hdfs dfs -cat {}'",
    )
    parser.add_argument("--keep", type=pathlib.Path, metavar="X.part.gz", help="keep the part of all logs there")
    parser.add_argument("--tasks", type=int, default=1000, help="at most so many; a log each, if they suffice")
    parser.add_argument("-o", "--output", metavar="REPORT", help="write the report there, as analyze -o does")
    result = parser.parse_args(arguments)
    if not result.analyze:
        parser.error("analyze is not on the PATH; name it behind --analyze")
    if "-" in result.logs:
        parser.error("'-' is standard input, which workers cannot read; name a file")
    if result.cat and "{}" not in result.cat:
        parser.error("--cat needs {} where the name of the log belongs, as in 'hdfs dfs -cat {}'")
    if result.tasks < 1:
        parser.error("--tasks must be at least 1")
    return result


def in_a_row(logs: list[str], most: int) -> list[list[str]]:
    """The logs in their order, in as many pieces of about the same length as there are logs, or `most`."""
    count = min(len(logs), most)
    bounds = [len(logs) * i // count for i in range(count + 1)]
    return [logs[begin:end] for begin, end in zip(bounds, bounds[1:])]


class Reader:
    """Makes parts on a worker with its copy of the program, in the folder in which the logs were named."""

    def __init__(self, program: str, folder: str) -> None:
        self.program = program
        # Whole names can be opened without it.
        self.folder = folder if os.path.isdir(folder) else "/"

    def streamed(self, log: str, cat: list[str]) -> bytes:
        command = [word.replace("{}", log) for word in cat]
        with subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE) as stream:
            part = self.reduced(["-", "--name", log], stream.stdout)
        # What came before it failed looks like a shorter log.
        if stream.returncode != 0:
            raise RuntimeError(f"'{shlex.join(command)}' ended with status {stream.returncode}")
        return part

    def reduced(self, arguments: list[str], stdin: IO[bytes] | None = None) -> bytes:
        command = [self.program, "reduce", *arguments]
        done = subprocess.run(command, cwd=self.folder, stdin=stdin, capture_output=True)
        # 1 says that a log holds errors: the part has them, and merge will print them.
        if done.returncode not in (0, 1):
            raise RuntimeError(f"'{shlex.join(command)}' ended with status {done.returncode}: {done.stderr.decode()}")
        return gzip.compress(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
