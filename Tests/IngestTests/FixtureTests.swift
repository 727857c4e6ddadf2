import BenchLog
import Quantiles
import TestSupport
import Testing

@testable import Ingest

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What the log in `benchlog-v1.txt` says, written with the present encoder.
private func firmwareLog() -> [UInt8] {
  var log = LineEncoder(sink: Buffer())
  log.begin(.log)
  log.field("origin", text: "measured")
  log.field("tool", text: "pico2-benchmark firmware 0.1")
  log.field("boot", 3)
  log.end()
  log.begin(.machine)
  log.field("id", 1)
  log.field("board", text: "waveshare_rp2350_plus_16mb")
  log.field("mcu", text: "rp2350")
  log.field("clock_hz", 150_000_000)
  log.field("cores", 1)
  log.field("flash_clock_hz", 50_000_000)
  log.field("flash", text: "quad/3")
  log.field("qmi_timing", hex: 0x6000_7203)
  log.field("qmi_rfmt", hex: 0x0004_92A8)
  log.field("qmi_rcmd", hex: 0x0000_A0EB)
  log.field("jedec", hex: 0x00EF_4018)
  log.field("xip_cache", text: "on")
  log.end()
  log.begin(.build)
  log.field("id", 1)
  log.field("runtime", text: "tflm")
  log.field("kernels", text: "cmsis-nn")
  log.field("compiler", text: "arm-none-eabi-gcc 13.2.1")
  log.field("flags", text: "-Ofast -DNAME=\"a\\b\"")
  log.field("firmware", text: "")
  log.end()
  log.begin(.model)
  log.field("id", 1)
  log.field("name", text: "ad")
  log.field("dtype", text: "int8")
  log.field("crc32", hex: 0x0BAD_CAFE)
  log.field("bytes", 276_976)
  log.field("weights_source", text: "twin")
  log.field("macs", 264_192)
  log.field("weight_bytes", 267_920)
  log.end()
  log.begin(.run)
  log.field("id", 1)
  log.field("machine", 1)
  log.field("build", 1)
  log.field("model", 1)
  log.field("weights", text: "flash")
  log.field("code", text: "flash")
  log.field("activations", text: "sram")
  log.field("arena_bytes", 4096)
  log.field("unit", text: "cycles")
  log.field("warmup", 2)
  log.end()
  for (index, kind) in (["FULLY_CONNECTED", "TANH"] as [StaticString]).enumerated() {
    log.begin(.op)
    log.field("run", 1)
    log.field("index", UInt64(index))
    log.field("kind", text: kind)
    if index == 0 {
      log.field("macs", 81_920)
      log.field("weight_bytes", 81_920)
    }
    log.end()
  }
  for (i, times) in [(618_204, 201), (618_310, 201), (618_204, 203)].enumerated() {
    log.begin(.inf)
    log.field("run", 1)
    log.field("i", UInt64(i))
    log.field("time", UInt64(times.0 + times.1 + 44))
    log.end()
    for (op, time) in [times.0, times.1].enumerated() {
      log.begin(.opt)
      log.field("run", 1)
      log.field("i", UInt64(i))
      log.field("op", UInt64(op))
      log.field("time", UInt64(time))
      if op == 0 {
        log.field("access", 41_337)
        log.field("miss", 10_240)
      }
      log.end()
    }
  }
  log.begin(.end)
  log.field("lines", UInt64(log.sequence) + 1)
  log.field("runs", 1)
  log.end()
  return log.sink.bytes
}

/// All but the version, and with it the checksums, is as it was.
@Test func whatVersion1SaidIsStillWrittenSo() throws {
  func bodies(_ log: [UInt8]) -> [Substring] {
    String(decoding: log, as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.dropFirst(3).dropLast(10) }
  }
  let fixture = try fixture("benchlog-v1.txt")
  #expect(bodies(firmwareLog()) == bodies(fixture))
}

/// A log of version 1 stays readable by every later version, to the same numbers.
@Test func logOfVersion1StaysReadable() throws {
  let file = Ingestor().ingest(bytes: try fixture("benchlog-v1.txt"), path: "benchlog-v1.txt")
  #expect(file.recognition.dialect == BenchLogReader.dialect && file.diagnostics.isEmpty)
  #expect(file.account.read == 17 && file.account.total == 17)
  let run = try #require(file.runs.first)
  #expect(file.runs.count == 1)
  let said = run.configuration.all.map { "\($0.key.rawValue)=\($0.entry.text)" }
  #expect(
    said == [
      "activations=sram", "arena_bytes=4096", "board=waveshare_rp2350_plus_16mb",
      "clock=150000000", "code=flash", "compiler=arm-none-eabi-gcc 13.2.1", "cores=1",
      "dtype=int8", #"flags=-Ofast -DNAME="a\b""#, "flash=quad/3", "flash_clock=50000000",
      "jedec=00ef4018", "kernels=cmsis-nn", "mcu=rp2350", "model=ad", "model_bytes=276976",
      "model_crc32=0badcafe", "origin=measured", "qmi_rcmd=0000a0eb", "qmi_rfmt=000492a8",
      "qmi_timing=60007203", "runtime=tflm", "weights=flash", "weights_source=twin",
      "xip_cache=on",
    ])
  #expect(run.latency?.samples == Samples([618_449, 618_555, 618_451]))
  #expect(run.latency?.unit == .cycles && run.latency?.kind == .inference)
  #expect(
    run.operators.map(\.samples) == [
      Samples([618_204, 618_310, 618_204]), Samples([201, 201, 203]),
    ])
  #expect(run.operators.map(\.macs) == [81_920, nil] && run.macs == 264_192)
  #expect(run.weightBytes == 267_920)
  #expect(run.operators[0].cache.accesses == CounterTotal(total: 124_011, inferences: 3))
  #expect(run.operators[0].cache.missBytesPerInference == 81_920)
  #expect(run.operators[1].cache == CacheCounters() && run.cache == CacheCounters())
  #expect(run.recording.warmup == 2 && run.recording.boot == 3)
  #expect(run.recording.tool == "pico2-benchmark firmware 0.1" && run.recording.detail == nil)
}
