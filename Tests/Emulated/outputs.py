"""Compares the outputs in a log with files of reference outputs.

    outputs.py LOG FILE...      a file for each model of the log, in its order

int8 outputs must have the same CRC-32; fp32 outputs may differ by 2e-6 of the largest absolute one.
"""

import re
import struct
import sys
import zlib


def fields(line):
    return dict(re.findall(r'(\w+)=("[^"]*"|\S+)', line))


def main(log, *references):
    models, runs, outputs = {}, {}, {}
    for line in open(log, encoding="ascii"):
        match = re.match(r"pb\d+ \d+ (\w+)(.*) ~[0-9a-f]{8}$", line.rstrip())
        if not match:
            continue
        values = fields(match[2])
        if match[1] == "model":
            models[values["id"]] = values
        elif match[1] == "run":
            runs[values["id"]] = values
        elif match[1] == "out":
            samples = outputs.setdefault(values["run"], {})
            sample = samples.setdefault(int(values["i"]), {"crc": values["crc32"], "data": b""})
            data = bytes.fromhex(values.get("data", ""))
            if int(values.get("offset", 0)) != len(sample["data"]):
                return f"{log}: a piece of the output of run {values['run']} is missing"
            sample["data"] += data
    if len(runs) != len(references):
        return f"{log}: {len(runs)} runs, {len(references)} files of reference outputs"
    failures = 0
    for (run, values), reference in zip(runs.items(), references):
        model = models[values["model"]]
        name = f"{model['name']} {model['dtype']}"
        expected = open(reference, "rb").read()
        samples = outputs.get(run, {})
        if not samples or len(expected) % len(samples):
            return f"{log}: {name}: {len(samples)} outputs, {len(expected)} bytes in {reference}"
        size = len(expected) // len(samples)
        worst, same = 0.0, 0
        for index, sample in sorted(samples.items()):
            want = expected[index * size : (index + 1) * size]
            same += int(sample["crc"], 16) == zlib.crc32(want)
            if model["dtype"] == "fp32":
                count = size // 4
                want = struct.unpack(f"<{count}f", want)
                got = struct.unpack(f"<{count}f", sample["data"])
                scale = max(map(abs, want)) or 1.0
                # NaN would compare as fine.
                worst = max([worst, *(abs(a - b) / scale if a == a else 1.0 for a, b in zip(got, want))])
        good = same == len(samples) if model["dtype"] == "int8" else worst <= 2e-6
        failures += not good
        detail = f", largest difference {worst:.2g} of the largest output" if model["dtype"] == "fp32" else ""
        print(f"{name}: {same} of {len(samples)} outputs have TFLM's CRC-32{detail}{'' if good else ': WRONG'}")
    return f"{log}: {failures} models differ" if failures else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
