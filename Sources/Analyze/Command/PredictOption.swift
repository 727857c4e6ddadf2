import Core
import Ingest
import MachineModel
import Performance
import Reference
import Support

/// Reads `--predict dtype=int8,weights=sram,clock=150MHz,flash=quad/2,cores=2`.
enum PredictOption {
  private static let keys = ["model", "dtype", "weights", "clock", "flash", "cores", "cache"]

  /// Flash modes that are described, of any board.
  private static var modes: [String] {
    ((try? ReferenceData.bundled())?.machines ?? []).flatMap(\.flashModes).map(\.id).uniqued()
  }

  static func scenario(_ text: String) throws(CommandFailure) -> Scenario {
    var scenario = Scenario()
    var seen: Set<String> = []
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else {
        throw CommandFailure.usage(
          "'\(part)' after --predict is not of the form key=value",
          remedy: "Write for example --predict dtype=int8,weights=sram,clock=150MHz.")
      }
      let key = String(pair[0])
      let value = String(pair[1])
      guard seen.insert(key).inserted else {
        throw CommandFailure.usage(
          "--predict names '\(key)' twice",
          remedy: "Name it once; repeat --predict for another setting.")
      }
      try set(&scenario, key, value)
    }
    return scenario
  }

  private static func set(
    _ scenario: inout Scenario, _ key: String, _ value: String
  ) throws(CommandFailure) {
    switch key {
    case "model": scenario.model = ModelName.canonical(value)
    case "dtype": scenario.dtype = Dtype(try canonical(.dtype, value)) ?? scenario.dtype
    case "weights":
      scenario.weights = WeightsPlace(try canonical(.weights, value)) ?? scenario.weights
    case "clock":
      guard let clock = Double(try canonical(.clock, value)), clock > 0 else {
        throw CommandFailure.usage("'\(value)' is no clock", remedy: "Write clock=150MHz.")
      }
      // What a part of this kind may run at, generously: beyond it lies a mistyped unit.
      guard (1e6...1e9).contains(clock) else {
        throw CommandFailure.usage(
          "clock=\(value) is beyond what can be predicted",
          remedy: "Write a clock from 1MHz to 1GHz, as in clock=150MHz.")
      }
      scenario.clockHz = clock
    case "flash":
      let mode = value.lowercased()
      guard modes.isEmpty || modes.contains(mode) else {
        throw CommandFailure.usage(
          "flash mode '\(value)' is not described",
          remedy: "Modes are \(modes.joined(separator: ", ")).")
      }
      scenario.flash = mode
    case "cores":
      guard let cores = Int(value), (1...2).contains(cores) else {
        throw CommandFailure.usage(
          "'\(value)' cores cannot be predicted",
          remedy: "RP2350 has 2: cores=1 or cores=2.")
      }
      scenario.cores = cores
    case "cache":
      guard value == "on" || value == "off" else {
        throw CommandFailure.usage(
          "cache=\(value) is neither on nor off", remedy: "Write cache=on or cache=off.")
      }
      scenario.hasCache = value == "on"
    default:
      throw CommandFailure.usage(
        "--predict knows no '\(key)'",
        remedy: Nearest.suggestion(for: key, in: keys)
          ?? "Keys are \(keys.joined(separator: ", ")).")
    }
  }

  private static func canonical(
    _ key: ConfigurationKey, _ value: String
  ) throws(CommandFailure) -> String {
    do throws(Diagnostic) {
      return try key.canonical(typed: value)
    } catch {
      throw CommandFailure.usage("--predict: \(error.message)", remedy: error.remedy)
    }
  }
}
