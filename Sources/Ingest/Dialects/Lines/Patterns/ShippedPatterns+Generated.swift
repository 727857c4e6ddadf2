// Made by Scripts/embed from data/patterns; change those.
// swift-format-ignore-file

/// The files of `data/patterns`, by their names.
let shippedPatternFiles: [(name: String, text: String)] = [
("benchmark-model.toml", ####"""
name = "TFLite benchmark_model"
about = "TensorFlow Lite's benchmark tool: the mean over the runs that it counted."
source = "https://github.com/tensorflow/tensorflow/tree/master/tensorflow/lite/tools/benchmark"
set = { runtime = "tflite" }

# The last such line before the next is of the runs that count, those before are warm-up.
[[pattern]]
line = "count={n} first={#} curr={#} min={min:us} max={max:us} avg={#} std={sd:us}{*}"
weak = true

[[pattern]]
line = "{*}Inference timings in us: Init: {stage.init:us}, First inference: {stage.first:us}, Warmup (avg): {stage.warmup:us}, Inference (avg): {mean:us}"

"""####),
("edge-impulse.toml", ####"""
name = "Edge Impulse"
about = "What the examples and firmware made by Edge Impulse print of each classification."
source = "https://github.com/edgeimpulse/inferencing-sdk-cpp"

[[pattern]]
line = "Timing: DSP {stage.dsp}, inference {time}, anomaly {stage.anomaly}, postprocessing {stage.postprocessing}"

[[pattern]]
line = "Timing: DSP {stage.dsp}, inference {time}, anomaly {stage.anomaly}{*}"

[[pattern]]
line = "Timing: DSP {stage.dsp}, inference {time}{*}"

[[pattern]]
line = "{*}(DSP: {stage.dsp}., Class{*}: {time}., Anomal{*}: {stage.anomaly}.{*}"

[[pattern]]
line = "{*}(DSP: {stage.dsp}., Class{*}: {time}.{*}"

"""####),
("espressif-cpu-stats.toml", ####"""
name = "Espressif CPU statistics"
about = "What Espressif's examples of TFLM print where COLLECT_CPU_STATS is set: milliseconds by kind of operator."
source = "https://github.com/espressif/esp-tflite-micro"
set = { runtime = "tflm" }

[[pattern]]
line = "Total time = {time:ms}"
weak = true

[[pattern]]
line = "Softmax time = {kind.SOFTMAX:us}microSeg"

[[pattern]]
line = "FC time = {kind.FULLY_CONNECTED:ms}"

# Depthwise.
[[pattern]]
line = "DC time = {kind.DEPTHWISE_CONV_2D:ms}"

[[pattern]]
line = "conv time = {kind.CONV_2D:ms}"

[[pattern]]
line = "Pooling time = {kind.POOLING:ms}"

[[pattern]]
line = "add time = {kind.ADD:ms}"

[[pattern]]
line = "mul time = {kind.MUL:ms}"

"""####),
("executorch.toml", ####"""
name = "ExecuTorch"
about = "ExecuTorch's example for Raspberry Pi Pico 2."
source = "https://github.com/pytorch/executorch/tree/main/examples/raspberry_pi"
set = { runtime = "executorch" }

[[pattern]]
line = "⏱️ Inference time: {time}"

"""####),
("max78000.toml", ####"""
name = "MAX78000 accelerator"
about = "Analog Devices' generated applications: the accelerator's time, with loading its input."
source = "https://github.com/analogdevicesinc/ai8x-synthesis"

[[pattern]]
line = "Approximate data loading and inference time: {time}"

[[pattern]]
line = "Approximate inference time: {time}"

"""####),
("microtvm.toml", ####"""
name = "microTVM"
about = "The table of TVM's debug executor."
source = "https://github.com/apache/tvm"

[[refuse]]
line = "{*}Node Name{*}Ops{*}Time(us){*}Time(%){*}"
message = "this is the table of TVM's debug executor, whose times hold the transfers between host and board"
remedy = "Time whole inferences on the board and print 'Inference time: N us', or use the project's own log (docs/log-format.md)."

"""####),
("simulator-cycles.toml", ####"""
name = "Ethos-U on a simulator"
about = "Reports of arm_perf_monitor and of Ethos-U's counters, whose cycles are those of a simulator."
source = "https://github.com/pytorch/executorch/blob/main/examples/arm/executor_runner/arm_perf_monitor.cpp"

[[refuse]]
line = "{*}arm_perf_monitor.cpp{*}"
message = "this is arm_perf_monitor's report of an Ethos-U system; its CPU cycles come from a simulator and are not those of a chip"
remedy = "Measure on the chip and print times or cycles of its own counter; see docs/patterns.md."

[[refuse]]
line = "{*}ethosu_pmu_cycle_cntr{*}"
message = "these are counters of an Ethos-U accelerator, mostly of a simulator; its CPU cycles are not those of a chip"
remedy = "Measure on the chip and print times or cycles of its own counter; see docs/patterns.md."

[[refuse]]
line = "{*}Inference runtime: {#} CPU cycles total{*}"
message = "these are cycles of a simulated Ethos-U system, and not those of a chip"
remedy = "Measure on the chip and print times or cycles of its own counter; see docs/patterns.md."

[[refuse]]
line = "{*}NPU TOTAL cycles: {#}{*}"
message = "these are counters of Arm's evaluation kit for Ethos-U; on a simulator, which prints the same, they are not those of a chip, and NPU and CPU may have different clocks"
remedy = "If a chip printed them: --pattern '{*}CPU TOTAL cycles: {cycles}'."

"""####),
]
