import Foundation

@testable import Ingest

/// Real logs, which lie outside the package.
enum TFLMShared {
  static let root: String? = {
    let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let candidates: [String?] = [
      ProcessInfo.processInfo.environment["PICO2_BENCHMARK_SHARED"],
      package.deletingLastPathComponent().appendingPathComponent("shared").path,
    ]
    return candidates.compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: "\($0)/emulator/kws_int8.txt")
    }
  }()

  static let isThere = root != nil
  static let hint = "needs the folder 'shared' beside the package, or PICO2_BENCHMARK_SHARED"

  static func ingest(_ name: String) -> IngestedFile {
    Ingestor().ingest(path: "\(root ?? "")/\(name)")
  }

  static func bytes(_ name: String) -> [UInt8] {
    FileManager.default.contents(atPath: "\(root ?? "")/\(name)").map { [UInt8]($0) } ?? []
  }
}

enum TFLMFixture {
  static func bytes(_ name: String) -> [UInt8] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)").path
    return FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
  }

  /// The boot of an invented board with a 1 MHz timer.
  static let boot = """
    Delay elapsed, hopefully serial port is ready now!
    RP2350 CPU Clock Frequency: 150000000 Hz
    RP2350 ticks per second: 1000000
    GetModel...
    Initialize resolver...
    Build Interpreter...
    AllocateTensors...
    setup() complete.

    """

  /// One block of the application: a convolution, a fully connected operator and a softmax.
  static func block(
    _ count: Int = 30, _ ticks: [UInt64] = [40_123, 9_456, 87], invoke: UInt64? = nil,
    led: Bool = true
  ) -> String {
    let kinds = ["CONV_2D", "FULLY_CONNECTED", "SOFTMAX"]
    var text = "profile_count: \(count)\ninvoke_time: \(invoke ?? ticks.reduce(150, +)) (usec)\n"
    for (i, t) in ticks.enumerated() {
      text += "\(kinds[i % 3]) took \(t) ticks (\(t / 1000) ms).\n"
    }
    return text + (led ? "17\n93\n" : "")
  }

  static func ingest(_ text: String, path: String = "log.txt") -> IngestedFile {
    Ingestor().ingest(bytes: [UInt8](text.utf8), path: path)
  }
}

extension IngestedFile {
  func observations(_ kind: ObservationKind) -> [Observation] {
    runs.flatMap { $0.observations.filter { $0.kind == kind } }
  }
}

extension Run {
  var medians: [Double?] { operators.map(\.samples.median) }
  func text(_ key: ConfigurationKey) -> String? { configuration.text(key) }
}

/// xorshift64: seeded, the same everywhere.
struct TFLMRandom {
  private var state: UInt64
  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
