"""The work of `modelgen tinyml --synthetic uniform --samples 100` done with TensorFlow's converter:
the five MLPerf Tiny models to fp32 and int8. Prints the seconds without imports, and the memory.

    python3 Benchmarks/convert_with_tensorflow.py FOLDER OUT
"""

import os
import pathlib
import resource
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy
import tensorflow

MODELS = {
    "ad01.h5": (1, 640),
    "pretrainedResnet.h5": (1, 32, 32, 3),
    "str_ww_ref_model.h5": (1, 30, 1, 40),
    "vww_96.h5": (1, 96, 96, 3),
    "kws_ref_model": (1, 49, 10, 1),
}


def function_of(path, shape):
    """A function with a fixed shape, and the model that must outlive it."""
    if path.is_dir():
        model = tensorflow.saved_model.load(str(path))
        function = model.signatures["serving_default"]
        function.inputs[0].set_shape(shape)
        return function, model
    model = tensorflow.keras.models.load_model(str(path), compile=False)
    spec = tensorflow.TensorSpec(shape, model.inputs[0].dtype)
    return tensorflow.function(model).get_concrete_function(spec), model


def samples(shape):
    random = numpy.random.default_rng(1)
    for _ in range(100):
        yield [random.random(shape, dtype=numpy.float32)]


def main():
    folder, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    start = time.perf_counter()
    for name, shape in MODELS.items():
        path = sorted(folder.glob(f"**/{name}"))[0]
        function, model = function_of(path, shape)
        for dtype in ("fp32", "int8"):
            converter = tensorflow.lite.TFLiteConverter.from_concrete_functions([function], model)
            if dtype == "int8":
                converter.optimizations = [tensorflow.lite.Optimize.DEFAULT]
                converter.representative_dataset = lambda: samples(shape)
                converter.target_spec.supported_ops = [tensorflow.lite.OpsSet.TFLITE_BUILTINS_INT8]
                converter.inference_input_type = tensorflow.int8
                converter.inference_output_type = tensorflow.int8
            (out / f"{path.stem}_{dtype}_tf.tflite").write_bytes(converter.convert())
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"TensorFlow {tensorflow.__version__}, without imports: {seconds:.2f} s, {peak} KB at most")


main()
