import BenchLog
import TestSupport

@testable import Ingest

/// A value as firmware hands it to the encoder.
enum FirmwareValue: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  case whole(UInt64)
  case hex(UInt32)
  case text(String)
  case bytes([UInt8])

  init(integerLiteral value: UInt64) { self = .whole(value) }
  init(stringLiteral value: String) { self = .text(value) }
}

typealias FirmwareLine = (Record, KeyValuePairs<StaticString, FirmwareValue>)

/// The lines as the encoder writes them.
func encoded(_ lines: [FirmwareLine]) -> [UInt8] {
  var log = LineEncoder(sink: Buffer())
  for (record, fields) in lines {
    log.begin(record)
    for (key, value) in fields {
      switch value {
      case .whole(let number): log.field(key, number)
      case .hex(let number): log.field(key, hex: number)
      case .text(let text): text.withCString { log.field(key, cString: $0) }
      case .bytes(let bytes): log.field(key, hexBytes: bytes.span)
      }
    }
    log.end()
  }
  return log.sink.bytes
}

/// What `benchlog-v2.txt` says: every record and key, with made-up numbers that fit together. What
/// that file says must stay readable for ever; this may change with the encoder.
let version2Lines: [FirmwareLine] = [
  (
    .log,
    [
      "origin": "measured", "citation": "made up for tests", "tool": "pico2-benchmark firmware",
      "boot": 7, "plan": "full", "console_baud": 115_200,
    ]
  ),
  (
    .machine,
    [
      "id": 1, "board": "pico2", "mcu": "rp2350", "clock_hz": 150_000_000, "cores": 2,
      "flash_clock_hz": 50_000_000, "flash": "quad/3", "qmi_timing": .hex(0x6000_7203),
      "qmi_rfmt": .hex(0x0004_92A8), "qmi_rcmd": .hex(0xA0EB), "jedec": .hex(0xEF4016),
      "xip_cache": "on",
    ]
  ),
  (
    .build,
    [
      "id": 1, "runtime": "pico2-benchmark", "kernels": "builtin", "compiler": "swift 6.3.1",
      "flags": "-O -DNAME=\"a\"", "firmware": "1a2b3c4",
    ]
  ),
  (
    .model,
    [
      "id": 1, "name": "ad", "dtype": "int8", "crc32": .hex(0x0BAD_CAFE), "bytes": 276_976,
      "weights_source": "twin", "macs": 264_192, "weight_bytes": 267_920,
    ]
  ),
  (
    .model,
    [
      "id": 2, "name": "sww", "dtype": "fp32", "dtype_claimed": "int8",
      "dtype_evidence": "its time", "weights_source": "twin",
    ]
  ),
  (
    .run,
    [
      "id": 1, "machine": 1, "build": 1, "model": 1, "weights": "flash", "code": "sram",
      "activations": "sram", "arena_bytes": 1536, "unit": "cycles", "quantum": 1, "warmup": 2,
      "caveat": "made-up numbers", "clock_cost": 12, "input": "samples", "detail": 3,
    ]
  ),
  (
    .op,
    [
      "run": 1, "index": 0, "kind": "FULLY_CONNECTED", "name": "dense", "macs": 81_920,
      "weight_bytes": 81_920,
    ]
  ),
  (.op, ["run": 1, "index": 1, "kind": "TANH"]),
  (.inf, ["run": 1, "i": 0, "time": 5000]),
  (.opt, ["run": 1, "i": 0, "op": 0, "time": 4700, "access": 900, "miss": 100]),
  (.opt, ["run": 1, "i": 0, "op": 1, "time": 280, "access": 10, "miss": 0]),
  (.inf, ["run": 1, "i": 3, "time": 5040]),
  (.opt, ["run": 1, "i": 3, "op": 0, "time": 4740, "access": 900, "miss": 104]),
  (.opt, ["run": 1, "i": 3, "op": 1, "time": 280, "access": 10, "miss": 0]),
  (
    .sum,
    [
      "run": 1, "n": 6, "min": 4990, "max": 5040, "total": 30_060, "access": 5500, "miss": 612,
    ]
  ),
  (
    .sum,
    [
      "run": 1, "op": 0, "n": 6, "min": 4690, "max": 4740, "total": 28_260, "access": 5400,
      "miss": 612,
    ]
  ),
  (.sum, ["run": 1, "op": 1, "n": 6, "min": 280, "max": 280, "total": 1680]),
  (
    .out,
    [
      "run": 1, "i": 0, "output": 0, "crc32": .hex(0xB63C_FBCD), "bytes": 4, "offset": 0,
      "data": .bytes([1, 2]), "same": 3,
    ]
  ),
  (
    .out,
    [
      "run": 1, "i": 0, "output": 0, "crc32": .hex(0xB63C_FBCD), "bytes": 4, "offset": 2,
      "data": .bytes([3, 4]), "same": 3,
    ]
  ),
  (.out, ["run": 1, "i": 1, "crc32": .hex(0x0102_0304), "bytes": 4, "same": 2]),
  (.out, ["run": 1, "i": 1, "crc32": .hex(0x0102_0305), "bytes": 4, "same": 1]),
  (
    .done,
    ["run": 1, "inferences": 6, "printed": 2, "console": 4_800_000, "console_bytes": 368]
  ),
  (
    .run,
    [
      "id": 2, "machine": 1, "build": 1, "model": 1, "weights": "sram", "unit": "us",
      "clock_cost": 1, "input": "ramp",
    ]
  ),
  (.op, ["run": 2, "index": 0, "kind": "FULLY_CONNECTED"]),
  (.sum, ["run": 2, "n": 4, "min": 10, "max": 13, "total": 44]),
  (.sum, ["run": 2, "op": 0, "n": 4, "min": 9, "max": 12, "total": 40, "access": 8, "miss": 2]),
  (.done, ["run": 2, "inferences": 4, "printed": 0]),
  (
    .refused,
    [
      "machine": 1, "build": 1, "model": 2, "weights": "sram", "cores": 1, "need": 1_105_920,
      "have": 430_080, "reason": "not enough SRAM",
    ]
  ),
  (.run, ["id": 3, "model": 2, "unit": "us", "inferences": 10, "latency": 51_542]),
  (.op, ["run": 3, "kind": "TANH", "time": 36, "quantum": 2]),
  (
    .bench,
    [
      "id": 1, "machine": 1, "build": 1, "name": "int8_smlad", "unit": "cycles", "n": 16,
      "time": 65_552, "max": 65_558, "macs": 131_072,
    ]
  ),
  (
    .bench,
    [
      "id": 2, "machine": 1, "build": 1, "name": "flash_stream", "unit": "us", "time": 524,
      "bytes": 8192, "access": 2048, "miss": 1024,
    ]
  ),
  (.end, ["lines": 33, "runs": 3, "benches": 2, "refused": 1]),
]
