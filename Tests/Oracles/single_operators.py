#!/usr/bin/env python3
"""Compares models of one operator with TensorFlow Lite for Microcontrollers.

    modelgen oracle-cases DIR --seed 1
    python3 Tests/Oracles/single_operators.py DIR [--fixtures Tests/KernelsTests/Fixtures]

Needs the packages numpy and tflite-micro. Every model of DIR/index.json is run by TFLM's interpreter;
int8 outputs must be equal to the bit, float32 ones to 2e-6 of the largest absolute output. Prints a
table by family and ends with status 1 on any difference. With --fixtures it writes what TFLM gave, as
digests, for the tests that run without Python.
"""

import argparse
import json
import pathlib
import sys
import zlib

import numpy
import tflite_micro

TYPES = {"int8": numpy.int8, "float32": numpy.float32}
LIMIT = 2e-6
ARENA = 8 << 20


def run(folder, case):
    """The output of TFLM for a case, as an array."""
    model = (folder / (case["name"] + ".tflite")).read_bytes()
    data = (folder / (case["name"] + "_in.bin")).read_bytes()
    interpreter = tflite_micro.runtime.Interpreter.from_bytes(model, arena_size=ARENA)
    offset = 0
    for position, tensor in enumerate(case["inputs"]):
        dtype = numpy.dtype(TYPES[tensor["type"]])
        count = int(numpy.prod(tensor["shape"], dtype=numpy.int64))
        values = numpy.frombuffer(data, dtype, count, offset).reshape(tensor["shape"])
        interpreter.set_input(values.copy(), position)
        offset += values.nbytes
    if offset != len(data):
        raise ValueError("input file is longer than the inputs")
    interpreter.invoke()
    return interpreter.get_output(0)


def difference(folder, case, theirs):
    """Numbers of values, of different ones, and the largest relative difference."""
    dtype = numpy.dtype(TYPES[case["outputs"][0]["type"]])
    ours = numpy.frombuffer((folder / (case["name"] + "_out.bin")).read_bytes(), dtype)
    theirs = numpy.asarray(theirs)
    if theirs.dtype != dtype or list(theirs.shape) != case["outputs"][0]["shape"]:
        raise ValueError(f"TFLM gives {theirs.dtype} {theirs.shape}")
    theirs = theirs.reshape(-1)
    different = int(numpy.count_nonzero(ours.view(numpy.uint8).reshape(len(ours), -1)
                                        != theirs.copy().view(numpy.uint8).reshape(len(ours), -1)))
    if dtype == numpy.int8:
        return len(ours), int(numpy.count_nonzero(ours != theirs)), 0.0
    largest = float(numpy.max(numpy.abs(theirs), initial=0.0)) or 1.0
    gap = numpy.abs(ours.astype(numpy.float64) - theirs.astype(numpy.float64))
    return len(ours), int(different > 0), float(numpy.max(gap, initial=0.0)) / largest


def quantization(tensor):
    return f"{tensor['scale_bits']:08x} {tensor['zero_point']}" if "scale_bits" in tensor else "- 0"


def fixture(case, theirs):
    """Kind, scales (their bits) and zero points, CRC-32 of the 256 results in the order -128...127."""
    digest = zlib.crc32(numpy.ascontiguousarray(theirs).tobytes())
    return (f"{case['kind']} {quantization(case['inputs'][0])} "
            f"{quantization(case['outputs'][0])} {digest:08x}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--fixtures", type=pathlib.Path)
    arguments = parser.parse_args()
    cases = json.loads((arguments.folder / "index.json").read_text())
    families, tables, failures = {}, [], 0
    for case in cases:
        family = families.setdefault(case["name"].rpartition("_")[0], [0, 0, 0, 0, 0.0])
        try:
            theirs = run(arguments.folder, case)
            values, different, gap = difference(arguments.folder, case, theirs)
        except Exception as error:  # TFLM reports through several types
            print(f"{case['name']}: {error}", file=sys.stderr)
            family[0] += 1
            family[3] += 1
            continue
        is_int8 = case["outputs"][0]["type"] == "int8"
        fails = different > 0 if is_int8 else not gap <= LIMIT
        family[0] += 1
        family[1] += values
        family[2] += different
        family[3] += fails
        family[4] = max(family[4], gap)
        if fails:
            print(f"{case['name']}: {different} of {values} differ, {gap:.1e}", file=sys.stderr)
        if case["inputs"][0]["shape"] == [1, 256] and case["kind"] != "SOFTMAX":
            tables.append(fixture(case, theirs))
    print(f"{'family':26} models   values  not the same bits  largest gap  failed")
    for name, (models, values, different, failed, gap) in families.items():
        unit = "values" if name.endswith("_int8") and name != "dequantize_int8" else "models"
        print(f"{name:26} {models:6} {values:8} {different:10} {unit}  {gap:11.1e} {failed:7}")
        failures += failed
    totals = [sum(family[column] for family in families.values()) for column in (0, 1)]
    print(f"{totals[0]} models, {totals[1]} values, {failures} failed")
    if arguments.fixtures and not failures:
        arguments.fixtures.mkdir(parents=True, exist_ok=True)
        text = "# Written by Tests/Oracles/single_operators.py from what TFLM gave.\n"
        text += "# kind, input scale (bits) and zero point, output scale and zero point, CRC-32 of\n"
        text += "# the results for -128 to 127\n"
        (arguments.fixtures / "unary_tables.txt").write_text(text + "\n".join(tables) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
