#!/usr/bin/env python3
"""Compares models of one operator with TensorFlow Lite for Microcontrollers.

    modelgen oracle-cases DIR --seed 1 --count 20
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
# Kinds that map every int8 element to one result.
TABLES = {"TANH", "LOGISTIC", "RELU", "RELU6", "QUANTIZE", "DEQUANTIZE"}
# Families with functions of the C library, whose last bits another version may change.
INEXACT = {"tanh_fp32", "logistic_fp32", "softmax_fp32"}


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
    """Numbers of values and of those with other bits, and the largest gap relative to the largest."""
    dtype = numpy.dtype(TYPES[case["outputs"][0]["type"]])
    ours = numpy.frombuffer((folder / (case["name"] + "_out.bin")).read_bytes(), dtype)
    theirs = numpy.ascontiguousarray(theirs)
    shape = case["outputs"][0]["shape"]
    if theirs.dtype != dtype or list(theirs.shape) != shape or theirs.size != ours.size:
        raise ValueError(f"TFLM gives {theirs.dtype} {theirs.shape}; expected {dtype} {shape} "
                         f"in a file of as many values, found {ours.size}")
    theirs = theirs.reshape(-1)
    bits = numpy.dtype(f"u{dtype.itemsize}")
    different = int(numpy.count_nonzero(ours.view(bits) != theirs.view(bits)))
    largest = float(numpy.max(numpy.abs(theirs.astype(numpy.float64)), initial=0.0)) or 1.0
    gap = numpy.abs(ours.astype(numpy.float64) - theirs.astype(numpy.float64))
    return ours.size, different, float(numpy.max(gap, initial=0.0)) / largest


def quantization(tensor):
    return f"{tensor['scale_bits']:08x} {tensor['zero_point']}" if "scale_bits" in tensor else "- 0"


def fixture(case, theirs):
    """Kind, scales (their bits) and zero points, CRC-32 of the 256 results in the order -128...127."""
    digest = zlib.crc32(numpy.ascontiguousarray(theirs).tobytes())
    return (f"{case['kind']} {quantization(case['inputs'][0])} "
            f"{quantization(case['outputs'][0])} {digest:08x}")


def write(path, lines):
    head = "# Written by Tests/Oracles/single_operators.py from what TFLM gave."
    path.write_text("\n".join([head, *lines]) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--fixtures", type=pathlib.Path)
    arguments = parser.parse_args()
    cases = json.loads((arguments.folder / "index.json").read_text())
    families, tables, digests, failures = {}, [], {}, 0
    for case in cases:
        name = case["name"].rpartition("_")[0]
        family = families.setdefault(name, [0, 0, 0, 0, 0.0])
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
        digests[name] = zlib.crc32(numpy.ascontiguousarray(theirs).tobytes(), digests.get(name, 0))
        if case["inputs"][0]["type"] == "int8" and case["kind"] in TABLES:
            tables.append(fixture(case, theirs))
    print(f"{'family':26} models    values  other bits  largest gap  failed")
    for name, (models, values, different, failed, gap) in families.items():
        print(f"{name:26} {models:6} {values:9} {different:11} {gap:12.1e} {failed:7}")
        failures += failed
    totals = [sum(family[column] for family in families.values()) for column in (0, 1)]
    print(f"{totals[0]} models, {totals[1]} values, {failures} failed")
    if arguments.fixtures and not failures:
        arguments.fixtures.mkdir(parents=True, exist_ok=True)
        write(arguments.fixtures / "unary_tables.txt", [
            "# kind, input scale (bits) and zero point, output scale and zero point, CRC-32 of the",
            "# results for -128 to 127", *tables])
        write(arguments.fixtures / "single_operators.txt", [
            "# family, number of models, CRC-32 of all outputs of seed 1",
            *(f"{name} {families[name][0]} {digest:08x}" for name, digest in digests.items()
              if name not in INEXACT)])
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
