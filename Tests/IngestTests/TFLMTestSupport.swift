import Foundation
import TestSupport

@testable import Ingest

/// Reads a real log.
func ingestShared(_ name: String) -> IngestedFile { Ingestor().ingest(path: Shared.path(name)) }

enum TFLMFixture {
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
