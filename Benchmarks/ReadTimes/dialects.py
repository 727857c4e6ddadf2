"""The dialects that are read: for each a maker of the text of one boot, with all that is timed in it.

A maker takes an empty Boot, a source of numbers from 0 to below 1, the least bytes, and whether the boot is cut off.
"""

import collections
import zlib

# Kind and usual ticks (1 us) of each operator of KWS on RP2350, as in Tests/Baseline/long-log.awk.
KWS = list(
    zip(
        ["CONV_2D"]
        + ["DEPTHWISE_CONV_2D", "CONV_2D"] * 4
        + ["AVERAGE_POOL_2D", "RESHAPE", "FULLY_CONNECTED", "SOFTMAX"],
        [9210, 4950, 8870, 4950, 8870, 4950, 8870, 4950, 8870, 430, 5, 25, 40],
    )
)
# Person detection, a MobileNet: 28 convolutions and what follows them.
PERSON = (
    [("DEPTHWISE_CONV_2D", 34000)]
    + [pair for i in range(13) for pair in [("DEPTHWISE_CONV_2D", 60000 // (i + 1)), ("CONV_2D", 47000 - 1900 * i)]]
    + [("AVERAGE_POOL_2D", 870), ("CONV_2D", 220), ("RESHAPE", 20), ("SOFTMAX", 340)]
)
# What ST calls the operators of KWS, and half the time.
ST_NAMES = {"DEPTHWISE_CONV_2D": "CONV2D", "FULLY_CONNECTED": "DENSE", "SOFTMAX": "NL"}
ST_KWS = [(ST_NAMES.get(kind, kind.replace("_", "")), ticks // 2 + 1) for kind, ticks in KWS if kind != "RESHAPE"]


APPLICATION_START = """\
RP2350 CPU Clock Frequency: 150000000 Hz
RP2350 ticks per second: 1000000
GetModel...
Initialize resolver...
Build Interpreter...
AllocateTensors...
setup() complete.""".split("\n")

GENERIC_START = """\
Configured arena size = 153600

--------------------
Compiled on:

Tue Dec 17 12:01:44 PM PST 2024
--------------------
Target information:

TARGET=our_board
OPTIMIZATION=cmsis_nn
--------------------
Model SHA1:

0123456789abcdef0123456789abcdef01234567

Model analysis:

=== models/person_detect.tflite ===
Your TFLite model has '1' subgraph(s). In the subgraph description below,
Subgraph#0(T#88) -> [T#87]""".split("\n")

GENERIC_END = """

Output CRC32: 0xA4A6A6BE

[[ Table ]]: Arena
        Arena   Bytes   % Arena
        Total | 84436 |   100.00
NonPersistent | 55296 |    65.49
   Persistent | 29140 |    34.51

Application exit code: 0.
""".split("\n")[1:]

SEALED_START = """\
log origin=measured tool="pico2-benchmark firmware" plan=full console_baud=115200
machine id=1 board=pico2 mcu=rp2350 clock_hz=150000000 cores=1 flash=quad/3 xip_cache=on
build id=1 runtime=pico2-benchmark kernels=builtin compiler="swift 6.3.1" flags=-O
model id=1 name=kws dtype=int8 weights_source=twin macs=2656768 weight_bytes=22016
run id=1 machine=1 build=1 model=1 weights=flash arena_bytes=22736 unit=us warmup=2""".split("\n")

ST_START = """\
#
# AI system performance measurement 5.1
#
Compiled with GCC 9.3.1
STM32 Runtime configuration...
 Device       : DevID:0x00000482 (STM32U5) RevID:0x00001001
 Core Arch.   : M33 - FPU  used
 system clock : 160 MHz

AI Network (AI platform API 1.1.0)...

Found network "kws"
Creating the network "kws"..
Network configuration...
 Model name         : kws
Network info...
  nodes             : 12
  complexity        : 2656768 MACC
  activation        : 22736 bytes
  weights           : 22016 bytes
Initializing the network
""".split("\n")


class Boot:
    """The text of one boot, the ticks in it by operator, (index, name), and the us of its inferences.

    Where `analyze` gives each operator with all its times, the operators are compared, elsewhere `times`.
    """

    def __init__(self):
        self.lines = []
        self.ticks = collections.defaultdict(collections.Counter)
        self.times = collections.Counter()
        self.inferences = 0
        self.bytes = 0

    def add(self, *lines):
        self.lines += lines
        self.bytes += sum(map(len, lines)) + len(lines)

    def infer(self, operators, noise):
        """The ticks of each operator in one more inference."""
        took = [usual + int(noise() * (usual // 250 + 1)) for _, usual in operators]
        for index, ((name, _), ticks) in enumerate(zip(operators, took)):
            self.ticks[index, name][ticks] += 1
        self.inferences += 1
        return took

    def text(self):
        return ("\n".join(self.lines) + "\n").encode()


def took_lines(operators, took):
    return [f"{name} took {ticks} ticks ({ticks // 1000} ms)." for (name, _), ticks in zip(operators, took)]


def application(boot, noise, size, cut):
    """The TFLM profiling application of RP2350. The LED handler prints a number in every inference."""
    boot.add(*APPLICATION_START)
    while boot.bytes < size:
        boot.add(*(str(int(noise() * 255)) for _ in range(10)))
        took = boot.infer(KWS, noise)
        boot.add(
            "profile_count: 10",
            f"invoke_time: {sum(took) + int(noise() * 20)} (usec)",
            *took_lines(KWS, took),
        )
    if cut:
        boot.add(*(str(int(noise() * 255)) for _ in range(1 + int(noise() * 9))))


def profiler(boot, noise, size, cut):
    """TFLM's MicroProfiler, an empty line behind each inference."""
    boot.add("*** Booting Zephyr OS build v3.7.0 ***")
    while boot.bytes < size:
        boot.add(*took_lines(PERSON, boot.infer(PERSON, noise)), "")


def generic(boot, noise, size, cut):
    """TFLM's generic_benchmark: a description of the model, one inference, sums, arena."""
    boot.add(*GENERIC_START)
    for index, (name, _) in enumerate(PERSON):
        bias = f"T#{index + 41}[{int(noise() * 9999)}, {int(noise() * 9999)}, ...]"
        boot.add(f"  Op#{index} {name}(T#{index + 40}, T#{index}, {bias}) -> [T#{index + 42}]")
    boot.add("Tensors of Subgraph#0")
    for index in range(89):
        channels = 8 << index % 6
        boot.add(
            f"  T#{index}(MobilenetV1/Conv2d_{index % 14}_depthwise/depthwise_weights/read) "
            f"shape:[1, 3, 3, {channels}], type:INT8 RO {9 * channels} bytes, "
            f"buffer: {int(noise() * 90)}, data:[., y, ., g, ., ...]"
        )
    boot.add("-" * 63, "              Model size:     300568 bytes", "-" * 20)
    # A boot has one inference: most get that far.
    if cut and noise() < 0.1:
        return
    setup = {
        "tflite::GetModel": 4,
        "tflite::CreateOpResolver": 8000 + int(noise() * 99),
        "tflite::MicroInterpreter::AllocateTensors": 363000 + int(noise() * 999),
    }
    boot.add(*sums_by_tag(setup), "", "Input CRC32: 0x14F6A510", "")
    took = boot.infer(PERSON, noise)
    by_tag = collections.Counter()
    for (name, _), ticks in zip(PERSON, took):
        by_tag[name] += ticks
    boot.add(*took_lines(PERSON, took), "", *sums_by_tag(by_tag), *GENERIC_END)


def sums_by_tag(sums):
    return [
        '"Unique Tag","Total ticks across all events with that tag."',
        *(f"{tag}, {ticks}" for tag, ticks in sums.items()),
        f'"total number of ticks", {sum(sums.values())}',
    ]


def sealed(boot, noise, size, cut):
    """The project's own log (docs/log-format.md), every line with its number and its checksum."""
    number = 0

    def seal(*records):
        nonlocal number
        lines = []
        for record in records:
            body = f"pb2 {number} {record}"
            lines.append(f"{body} ~{zlib.crc32(body.encode()):08x}")
            number += 1
        boot.add(*lines)

    seal(
        *SEALED_START,
        *(f"op run=1 index={index} kind={name}" for index, (name, _) in enumerate(KWS)),
    )
    while boot.bytes < size:
        i = boot.inferences
        took = boot.infer(KWS, noise)
        seal(
            f"inf run=1 i={i} time={sum(took) + int(noise() * 20)}",
            *(
                f"opt run=1 i={i} op={index} time={ticks} access={ticks * 9} miss={int(noise() * ticks)}"
                for index, ticks in enumerate(took)
            ),
        )
    if not cut:
        seal(
            f"done run=1 inferences={boot.inferences} printed={boot.inferences}",
            f"end lines={number + 2} runs=1",
        )


def mlperf(boot, noise, size, cut):
    """A session of EEMBC's runner with a board: windows of 200 or, one in five, 50 inferences."""
    clock = 60_000_000  # The host's, us.
    board = int(noise() * 10**8)

    def say(source, text, after=1000):
        nonlocal clock
        clock += after + int(noise() * 900)
        boot.add(f"{clock // 10**6:05d}.{clock // 1000 % 1000:03d} {source}: {text}")

    say("session", "m-session-start-id[20300101000000]")
    for key, value in [
        ("iterWarmup", 1),
        ("iterInfer", 200),
        ("runMode", "bmark"),
        ("model", "kws01"),
    ]:
        say("parser", f"m-bm-cfg-name[ulp-mlperf]-key[{key}]-val[{value}]")
    say("parser", 'Command "dut profile"')
    say("dut", "m-profile-[ULPMark for tinyML Firmware V0.0.1]")
    say("dut", "m-model-[kws01]")
    say("dut", "m-ready")
    say("parser", 'Command "dut timestamp"')
    say("dut", f"m-lap-us-{board}")
    say("dut", "m-ready")
    while True:
        count = 200 if noise() < 0.8 else 50
        say("parser", f'Command "bload dut "datasets\\kws01\\tst_{boot.inferences:06d}_Stop_7.bin""')
        say("parser", "File size is 490, loading...")
        say("parser", "Starting at byte offset 0")
        say("parser", "Sending 490 bytes")
        say("parser", "m-mute-target[dut]")
        say("parser", "m-unmute-target[dut]", 131_000)
        say("parser", "Binary load took 0.131 sec, or 3.736 kB/sec")
        say("parser", "m-bload-done")
        say("parser", "m-ready-finished[bload]")
        if boot.bytes >= size:
            break
        say("parser", f'Command "dut infer {count} 1"')
        say("parser", "m-ready-finished[dut]")
        say("dut", "m-warmup-start-1")
        say("dut", "m-warmup-done", 54_000)
        say("dut", f"m-infer-start-{count}")
        board = (board + 200_000 + int(noise() * 10**6)) % 2**32
        say("dut", f"m-lap-us-{board}")
        took = count * 54_812 + int(noise() * 200 * count)
        boot.ticks[0, str(count)][took] += 1
        boot.times[took / count] += 1
        boot.inferences += 1
        board = (board + took) % 2**32
        say("dut", f"m-lap-us-{board}", took)
        say("dut", "m-infer-done")
        say(
            "dut",
            "m-results-[0.000,0.000,0.004,0.000,0.000,0.000,0.000,0.996,0.000,0.000,0.000,0.000]",
        )
        say("dut", "m-ready")
    if not cut:
        say("dut", "m-ready")
        say("sequencer", "m-sequencer-stop")
        say("session", "m-session-stop-id[20300101000000]")


def milliseconds(us):
    return f"{us // 1000}.{us % 1000:03d}"


def st(boot, noise, size, cut):
    """aiSystemPerformance on a board of ST, with the times of its c-nodes."""
    boot.add(*ST_START)
    while True:
        boot.add('Running PerfTest on "kws" with random inputs (16 iterations)...')
        if boot.bytes >= size:
            break
        took = boot.infer(ST_KWS, noise)
        kernel = sum(took)
        user = int(noise() * 20)
        boot.times[kernel + user] += 1
        cycles = 160 * (kernel + user)
        boot.add(
            "." * 16,
            "",
            'Results for "kws", 16 inferences @160MHz/160MHz (complexity: 2656768 MACC)',
            f" duration     : {milliseconds(kernel + user)} ms (average)",
            f" CPU cycles   : {cycles} (average)",
            " CPU Workload : 2% (duty cycle = 1s)",
            f" cycles/MACC  : {cycles / 2656768:.2f} (average for all layers)",
            " used stack   : 352 bytes",
            " used heap    : 0:0 0:0 (req:allocated,req:released) cfg=0",
            " observer res : 104 bytes used from the heap (12 c-nodes)",
            "",
            " Inference time by c-node",
            f"  kernel  : {milliseconds(kernel)}ms (time passed in the c-kernel fcts)",
            f"  user    : {milliseconds(user)}ms (time passed in the user cb)",
            "",
            " c_id  type                id       time (ms)",
            " " + "-" * 51,
            *(
                f" {index:<5} {name:<19} {index:<8} {milliseconds(us):>8}  {100 * us / kernel:.2f} %"
                for index, ((name, _), us) in enumerate(zip(ST_KWS, took))
            ),
            " " + "-" * 49,
            f"{milliseconds(kernel):>45} ms",
            "",
        )
    if not cut:
        boot.add("." * 16, "")


# By dialect: its maker of boots, and the word by which grep counts.
boots = {
    "application": (application, "took"),
    "profiler": (profiler, "took"),
    "generic": (generic, "took"),
    "sealed": (sealed, " opt "),
    "mlperf": (mlperf, "m-lap-us"),
    "st": (st, " %"),
}
