#!/usr/bin/env python3
"""Checks what modelgen writes against other people's runtimes.

    python3 Tests/Oracles/whole_models.py MODELGEN DIR

DIR holds .tflite and .onnx files that MODELGEN wrote. Needs the packages of requirements.txt.

- each .tflite is run by TensorFlow Lite for Microcontrollers and by LiteRT, and by MODELGEN itself on
  the same samples: int8 must equal TFLM's bits, float32 to 2e-6 of the largest absolute output;
- each .onnx passes onnx.checker and is run by onnxruntime; its outputs must be those of the .tflite of
  the same name, to 2e-6.

Prints a table and ends with status 1 on any difference.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy
import onnx
import onnxruntime
import tflite_micro
from ai_edge_litert.interpreter import Interpreter as LiteRT

LIMIT = 2e-6
ARENA = 8 << 20
SAMPLES = 3


def samples_for(details, seed):
    """Random samples of the type and shape of an input."""
    random = numpy.random.default_rng(seed)
    shape = [SAMPLES] + list(details["shape"])
    if details["dtype"] == numpy.int8:
        return random.integers(-128, 128, size=shape).astype(numpy.int8)
    return random.standard_normal(shape).astype(numpy.float32)


def largest_gap(ours, theirs):
    scale = float(numpy.max(numpy.abs(theirs))) or 1.0
    gap = numpy.abs(ours.astype(numpy.float64) - theirs.astype(numpy.float64))
    return float(numpy.max(gap)) / scale


def ours_of(modelgen, path, samples):
    with tempfile.TemporaryDirectory() as folder:
        source, result = pathlib.Path(folder, "in.bin"), pathlib.Path(folder, "out.bin")
        source.write_bytes(samples.tobytes())
        subprocess.run([modelgen, "run", path, "--input", source, "-o", result], check=True,
                       stdout=subprocess.DEVNULL)
        return result.read_bytes()


def check_tflite(modelgen, path):
    interpreter = tflite_micro.runtime.Interpreter.from_file(str(path), arena_size=ARENA)
    details = interpreter.get_input_details(0)
    samples = samples_for(details, 1)
    theirs = []
    for sample in samples:
        interpreter.set_input(sample, 0)
        interpreter.invoke()
        theirs.append(numpy.array(interpreter.get_output(0)))
    theirs = numpy.stack(theirs)
    ours = numpy.frombuffer(ours_of(modelgen, path, samples), theirs.dtype).reshape(theirs.shape)
    other = LiteRT(model_path=str(path))
    other.allocate_tensors()
    other.set_tensor(other.get_input_details()[0]["index"], samples[0])
    other.invoke()
    loose = other.get_tensor(other.get_output_details()[0]["index"])
    if theirs.dtype == numpy.int8:
        different = int(numpy.count_nonzero(ours != theirs))
        # LiteRT rounds requantization otherwise: it must run, and be near.
        steps = int(numpy.max(numpy.abs(loose.astype(int) - theirs[0].astype(int))))
        return different == 0, f"{ours.size} values, {different} differ from TFLM; LiteRT within {steps}"
    gap, gap_litert = largest_gap(ours, theirs), largest_gap(loose, theirs[0])
    good = gap <= LIMIT and gap_litert <= 1e-5
    return good, f"{ours.size} values, TFLM {gap:.1e}, LiteRT {gap_litert:.1e} of the largest"


def check_onnx(path):
    onnx.checker.check_model(onnx.load(str(path)), full_check=True)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    given = session.get_inputs()[0]
    if [given.name, session.get_outputs()[0].name] != ["input", "output"]:
        return False, "the input is not named input, or the output not output"
    sample = numpy.random.default_rng(2).standard_normal(given.shape).astype(numpy.float32)
    theirs = session.run(None, {given.name: sample})[0]
    tflite = path.with_name(path.stem + "_fp32.tflite")
    if not tflite.exists():
        tflite = path.with_suffix(".tflite")
    interpreter = tflite_micro.runtime.Interpreter.from_file(str(tflite), arena_size=ARENA)
    turned = sample.transpose(0, 2, 3, 1) if sample.ndim == 4 else sample
    interpreter.set_input(numpy.ascontiguousarray(turned), 0)
    interpreter.invoke()
    ours = numpy.array(interpreter.get_output(0))
    if theirs.ndim == 4:
        theirs = theirs.transpose(0, 2, 3, 1)
    gap = largest_gap(ours, theirs)
    return gap <= LIMIT, f"checker and onnxruntime accept it, {gap:.1e} from its .tflite"


def main():
    modelgen, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    failures = 0
    files = sorted(folder.glob("**/*.tflite")) + sorted(folder.glob("**/*.onnx"))
    for path in files:
        try:
            if path.suffix == ".onnx":
                good, words = check_onnx(path)
            else:
                good, words = check_tflite(modelgen, path)
        except Exception as problem:  # A runtime that refuses a file is a result, not an accident.
            good, words = False, f"{type(problem).__name__}: {problem}"
        failures += not good
        print(f"{'ok' if good else 'FAILED':6}  {path.relative_to(folder)}: {words}")
    print(f"{len(files)} files, {failures} failed")
    return 1 if failures or not files else 0


if __name__ == "__main__":
    sys.exit(main())
