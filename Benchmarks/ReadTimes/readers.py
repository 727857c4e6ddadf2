"""What reads the logs, as commands, and whether what it prints is right."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent

# Ticks by operator: how each dialect's lines give name and ticks.
MAWK = {
    "took": '$2 == "took" { n[$1]++; sum[$1] += $3 }',
    "sealed": '$3 == "opt" { name = substr($6, 4); n[name]++; sum[name] += substr($7, 6) }',
    "mlperf": """
        $3 ~ /^m-infer-start-/ { name = substr($3, 15); first = -1 }
        $3 ~ /^m-lap-us-/ {
          at = substr($3, 10)
          if (name == "") next
          if (first < 0) { first = at; next }
          took = at - first
          n[name]++
          sum[name] += took < 0 ? took + 4294967296 : took
          name = ""
        }""",
    "st": "/ %$/ { n[$2]++; sum[$2] += $4 * 1000 }",
}
MAWK_END = ' END { for (name in n) printf "%s\\t%.0f\\t%.0f\\t%.6f\\n", name, n[name], sum[name], sum[name] / n[name] }'

NAMES = ["wc -l", "grep -c", "mawk", "polars", "duckdb", "pandas", "analyze"]


def commands(dialect, log, word, analyze, python):
    """By name: arguments of each reader, None for one that is not on this machine."""
    programs = {
        "wc -l": ["wc", "-l", log],
        "grep -c": ["grep", "-c", word, log],
        "mawk": ["mawk", MAWK.get(dialect, MAWK["took"]) + MAWK_END, log],
        "analyze": [analyze, "runs", log, "--format", "csv"],
    }
    for name in ["polars", "duckdb", "pandas"]:
        programs[name] = [python, str(HERE / f"with_{name}.py"), dialect, log]
        if not has_module(python, name):
            programs[name] = None
    if not shutil.which("mawk"):
        programs["mawk"] = None
    return {name: programs[name] for name in NAMES}


def has_module(python, name):
    return subprocess.run([python, "-c", f"import {name}"], capture_output=True).returncode == 0


def run(arguments):
    """What a command prints."""
    done = subprocess.run(arguments, capture_output=True, env=environment())
    if done.returncode:
        sys.stderr.buffer.write(done.stderr)
        raise SystemExit(f"read: error: '{' '.join(arguments)}' failed with status {done.returncode}")
    return done.stdout


def environment():
    return {**os.environ, "LC_ALL": "C"}


def fault(name, output, truth):
    """What is wrong with the answer of a reader other than analyze; None where it is right."""
    if name in ("wc -l", "grep -c"):
        wanted = truth["lines" if name == "wc -l" else "lines with word"]
        found = int(output.split()[0])
        return None if found == wanted else f"{found} lines, not {wanted}"
    rows = sorted(line.split("\t") for line in output.decode().splitlines())
    found = [[name, int(count), int(total)] for name, count, total, _ in rows]
    if found != truth["names"]:
        return f"{found}, not {truth['names']}"
    for name, count, total, mean in rows:
        if abs(float(mean) * int(count) / int(total) - 1) > 1e-6:
            return f"{name} with a mean of {mean}, not {int(total) / int(count)}"
    return None


def fault_of_analyze(arguments, truth):
    """The same of analyze: its JSON has count and median of each operator instead of a sum."""
    document = json.loads(run([*arguments[:-1], "json"]))
    file = document["files"][0]
    lines = file["read"] + file["skipped"]
    if (lines, file["diagnosed"]) != (truth["lines"], 0):
        return f"{lines} lines read or skipped and {file['diagnosed']} diagnosed, not {truth['lines']} and 0"
    runs = document["runs"]
    inferences = sum(run["latency"]["n"] if "latency" in run else run["operators"][0]["n"] for run in runs)
    if inferences != truth["inferences"]:
        return f"{inferences} inferences, not {truth['inferences']}"
    if truth["times"]:
        found = sum(run["latency"]["seconds"] for run in runs) / len(runs) * 1e6
        return None if is_one(found, truth["times"]) else f"a median of {found} us, not {truth['times']}"
    if len(runs) != 1:
        return f"{len(runs)} runs, not one"
    found = [(each["index"], each["kind"], each["n"]) for each in runs[0]["operators"]]
    wanted = [(index, kind, count) for index, kind, count, _ in truth["operators"]]
    if found != wanted:
        return f"{found}, not {wanted}"
    for each, (index, kind, _, medians) in zip(runs[0]["operators"], truth["operators"]):
        ticks = each.get("ticks", each.get("seconds", 0) * 1e6)
        if not is_one(ticks, medians):
            return f"a median of {ticks} for operator {index}, {kind}, not {medians}"
    return None


def is_one(found, medians):
    """Whether it is the median of all or, where boots differ, that of boots.

    Where values are many a quantile is within 0.05 % (Sources/Quantiles/Samples).
    """
    return any(abs(found / median - 1) <= 0.0005 for median in medians)
