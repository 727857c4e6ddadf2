#!/usr/bin/env python3
"""Times readers of logs against each other; Benchmarks/read says what and how, and starts it.

measure.py ANALYZE FOLDER     programs and logs; the rest by environment: SIZE, REPEATS, DIALECTS, SEED, KEEP
"""

import hashlib
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import dialects
import logs
import readers


def main():
    analyze, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    size = int(float(os.environ.get("SIZE") or 500) * 1e6)
    repeats = int(os.environ.get("REPEATS") or 5)
    seed = os.environ.get("SEED") or "1"
    names = (os.environ.get("DIALECTS") or " ".join(dialects.boots)).split()
    for dialect in names:
        if dialect not in dialects.boots:
            sys.exit(f"read: error: there is no dialect {dialect}\n  DIALECTS are {' '.join(dialects.boots)}.")
    folder.mkdir(parents=True, exist_ok=True)
    if repeats:
        # A build that ends meanwhile must not put another program into the same table.
        analyze = shutil.copy(analyze, str(folder / "analyze"))
        print(machine(analyze), flush=True)
    for dialect in names:
        log = folder / f"{dialect}.txt"
        try:
            begin = time.perf_counter()
            truth = logs.write(dialect, size, seed, log)
            say(f"{dialect}: {truth['bytes'] / 1e6:.1f} MB made in {time.perf_counter() - begin:.1f} s")
            commands = readers.commands(dialect, str(log), truth["word"], analyze, sys.executable)
            commands = {name: command for name, command in commands.items() if command}
            missing = [name for name in readers.NAMES if name not in commands]
            if missing:
                say(f"{dialect}: left out, not on this machine: {', '.join(missing)}")
            check(dialect, commands, truth)
            if repeats:
                before = os.getloadavg()[0]
                results = measure(commands, repeats)
                load = f"load {before:.1f} before, {os.getloadavg()[0]:.1f} after"
                print(table(dialect, truth, results, f"Median of {repeats}; {load}."), flush=True)
        finally:
            if not os.environ.get("KEEP"):
                log.unlink(missing_ok=True)
    if repeats:
        os.unlink(analyze)


def say(text):
    print(f"read: {text}", file=sys.stderr, flush=True)


def check(dialect, commands, truth):
    """Ends where a reader gives another answer; the first reading of the log, so that it is in memory then."""
    for name, command in commands.items():
        if name == "analyze":
            fault = readers.fault_of_analyze(command, truth)
        else:
            fault = readers.fault(name, readers.run(command), truth)
        if fault:
            sys.exit(f"read: error: {name} gives a wrong answer for {dialect}: {fault}")
    say(f"{dialect}: {', '.join(commands)} agree: {truth['lines']} lines, {truth['inferences']} inferences")


def measure(commands, repeats):
    """By name: CPU seconds, wall seconds and peak bytes of each repetition."""
    results = {name: [] for name in commands}
    outputs = {}
    names = list(commands)
    for repeat in range(repeats):
        # Another one first each time, so that none always follows the same.
        for name in names[repeat % len(names) :] + names[: repeat % len(names)]:
            *figures, output = timed(commands[name])
            results[name].append(figures)
            if sorted(outputs.setdefault(name, output).splitlines()) != sorted(output.splitlines()):
                sys.exit(f"read: error: {name} does not print the same twice")
    return results


def timed(command):
    """CPU seconds, wall seconds, peak bytes and output of one process.

    The peak comes from GNU time: a process that this one starts would count the memory of Python as its own.
    """
    with tempfile.NamedTemporaryFile() as peak, tempfile.TemporaryFile() as output:
        arguments = ["/usr/bin/time", "-q", "-f", "%M", "-o", peak.name, *command]
        begin = time.perf_counter()
        process = subprocess.Popen(arguments, stdout=output, stderr=subprocess.DEVNULL, env=readers.environment())
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(f"read: error: '{' '.join(command)}' failed with status {process.returncode}")
        output.seek(0)
        return usage.ru_utime + usage.ru_stime, wall, int(peak.read()) * 1024, output.read()


def table(dialect, truth, results, remark):
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in results.items()}
    grep, ours = medians["grep -c"], medians["analyze"]
    lines = [
        f"## {dialect}, {truth['bytes'] / 1e6:.0f} MB",
        "",
        f"{truth['lines']:,} lines, {truth['inferences']:,} inferences, {truth['boots']:,} boots; "
        f"`grep -c '{truth['word']}'`. {remark}",
        "",
        "| | CPU (s) | wall (s) | wall, from-to (s) | MB/s | CPU / grep | wall / grep | CPU / analyze | wall / analyze "
        "| peak (MB) |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, (cpu, wall, peak) in medians.items():
        walls = [row[1] for row in results[name]]
        cells = [
            name,
            f"{cpu:.2f}",
            f"{wall:.2f}",
            f"{min(walls):.2f}-{max(walls):.2f}",
            f"{truth['bytes'] / 1e6 / wall:.0f}",
            *(f"{ratio:.2f}" for ratio in [cpu / grep[0], wall / grep[1], cpu / ours[0], wall / ours[1]]),
            f"{peak / 1e6:.1f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def machine(analyze):
    """Versions of what is compared, and the machine."""

    def first(*command):
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        return done.stdout.splitlines()[0] if done.stdout else "none"

    cpu = "unknown"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.split(": ", 1)[1]
    # Builds of one version differ: two tables are of the same program where this is the same.
    digest = "SHA-256 " + hashlib.sha256(pathlib.Path(analyze).read_bytes()).hexdigest()[:12]
    versions = [
        first("wc", "--version"),
        first("grep", "--version"),
        first("mawk", "-W", "version"),
    ]
    for module in ["polars", "duckdb", "pandas"]:
        versions.append(f"{module} {first(sys.executable, '-c', f'import {module}; print({module}.__version__)')}")
    return "\n".join(
        [
            f"{cpu}, {len(os.sched_getaffinity(0))} processors, {platform.system()} {platform.release()}.",
            "; ".join([*versions, f"Python {platform.python_version()}", f"{first(analyze, '--version')}, {digest}"])
            + ".",
            "CPU is user + system. Start-up is included; logs are in memory. `analyze` checks each line (and checksum) "
            "and computes medians and intervals; the others add up ticks by operator, `wc` and `grep` count lines.",
            "",
        ]
    )


if __name__ == "__main__":
    main()
