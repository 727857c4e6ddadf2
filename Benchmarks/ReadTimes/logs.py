#!/usr/bin/env python3
"""Writes a long log of one dialect, and prints as JSON what a reader must find in it.

    logs.py DIALECT BYTES SEED FILE

DIALECT is one of the keys of `dialects.boots`. A log is boot after boot of the same board; operators take their
usual time and up to 0.4 % more, and add up to the time of their inference. About half of the boots are cut off by
the next one, before anything timed of an inference is printed: numbers that are cut off, which `analyze` leaves out
and simpler tools do not, would give each tool a right answer of its own.

Same arguments, same bytes. Up to 24 MB of boots are made anew; longer logs repeat those in random order.
"""

import collections
import json
import random
import sys

import dialects

# Of boots that are made anew, and of one boot where its dialect leaves the choice.
VARIED_BYTES = 24_000_000
BOOT_BYTES = 1_000_000


def median(counts):
    """Of a Counter of values."""
    total = sum(counts.values())
    seen = 0
    low = None
    for value in sorted(counts):
        seen += counts[value]
        if low is None and 2 * seen >= total:
            low = value
        if seen > total // 2:
            return (low + value) / 2
    return low


def write(dialect, size, seed, path):
    """Writes the log; gives its lines and answers."""
    source = random.Random(f"{dialect} {seed}")
    maker, word = dialects.boots[dialect]
    varied = []
    while sum(boot.bytes for boot in varied) < min(size, VARIED_BYTES):
        boot = dialects.Boot()
        maker(boot, source.random, min(BOOT_BYTES, size // 4), source.random() < 0.5)
        varied.append(boot)
    texts = [boot.text() for boot in varied]
    uses = collections.Counter()
    written = 0
    with open(path, "wb") as log:
        while written < size:
            # Each once, then any.
            at = len(uses) if len(uses) < len(varied) else int(source.random() * len(varied))
            uses[at] += 1
            written += log.write(texts[at])
    used = [(varied[at], times) for at, times in uses.items()]
    return {"bytes": written, "word": word, **answers(dialect, word, used)}


def answers(dialect, word, used):
    """What must be found in boots, each so many times."""

    def total(count):
        return sum(count(boot) * times for boot, times in used)

    inferring = [(boot, times) for boot, times in used if boot.inferences]
    names = collections.defaultdict(lambda: [0, 0])
    operators = []
    for index, name in sorted(inferring[0][0].ticks):
        counts = [(boot.ticks[index, name], times) for boot, times in inferring]
        values = together(counts)
        operators.append([index, name, sum(values.values()), medians(counts)])
        # The lines of a sealed log name an operator by its index.
        answer = names[str(index) if dialect == "sealed" else name]
        answer[0] += sum(values.values())
        answer[1] += sum(value * count for value, count in values.items())
    has_times = bool(inferring[0][0].times)
    return {
        "boots": total(lambda boot: 1),
        "lines": total(lambda boot: len(boot.lines)),
        "lines with word": total(lambda boot: sum(word in line for line in boot.lines)),
        "inferences": total(lambda boot: boot.inferences),
        # Name, count, sum of ticks: what each tool must print.
        "names": sorted([name, *answer] for name, answer in names.items()),
        # Index, kind, count, medians in ticks.
        "operators": [] if has_times else operators,
        # Medians in us.
        "times": medians([(boot.times, times) for boot, times in inferring]) if has_times else [],
    }


def together(counts):
    values = collections.Counter()
    for each, times in counts:
        for value, count in each.items():
            values[value] += count * times
    return values


def medians(counts):
    """Of all values, and the mean of those of boots."""
    of_boots = sum(median(each) * times for each, times in counts) / sum(times for _, times in counts)
    return [median(together(counts)), of_boots]


if __name__ == "__main__":
    dialect, size, seed, path = sys.argv[1:]
    print(json.dumps(write(dialect, int(size), seed, path)))
