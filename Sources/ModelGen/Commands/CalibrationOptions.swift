import ArgumentParser
import Inspection
import Models
import Quantizer
import Support

/// Where the ranges for int8 come from.
struct CalibrationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Samples to calibrate on: .npz (FILE.npz:NAME names the array), .npy, or raw numbers.",
      valueName: "file"), completion: .file())
  var calibrate: String?

  @Option(
    help: ArgumentHelp(
      "Take the ranges of all activations from this int8 .tflite of the same network.",
      valueName: "file"), completion: .file(extensions: ["tflite"]))
  var rangesFrom: String?

  @Option(
    help: ArgumentHelp(
      "Random samples: uniform[:LOW:HIGH] or normal[:MEAN:DEVIATION]; uniform:0:1 where no samples "
        + "are named.", valueName: "distribution"))
  var synthetic: Synthetic?

  @Option(help: ArgumentHelp("Use so many samples at most.", valueName: "number"))
  var samples: Int = 100

  @Option(help: ArgumentHelp("Seed of random samples and weights.", valueName: "number"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("Order of dimensions in samples of images.", valueName: "nhwc|nchw"))
  var layout: SampleLayout = .nhwc

  @Option(help: ArgumentHelp("What raw files hold.", valueName: "type"))
  var rawFormat: NumberFormat = .float32

  @Option(
    help: ArgumentHelp(
      "Multiply samples with this; 0.00392157 makes 0 to 1 of 0 to 255.",
      valueName: "factor"))
  var scaleSamples: Float = 1

  mutating func validate() throws {
    let sources = [calibrate != nil, rangesFrom != nil, synthetic != nil].filter { $0 }.count
    if sources > 1 {
      throw ValidationError("Give one of --calibrate, --ranges-from and --synthetic, not several.")
    }
    if samples < 1 || samples > 1_000_000 {
      throw ValidationError("--samples is \(samples); it must be 1 to 1000000.")
    }
    if !scaleSamples.isFinite || scaleSamples == 0 {
      throw ValidationError("--scale-samples is \(scaleSamples); it must be finite and not 0.")
    }
  }

  /// How files of samples are read.
  var sampleOptions: SampleOptions {
    SampleOptions(
      layout: layout == .nchw ? .nchw : .nhwc, rawFormat: rawFormat, factor: scaleSamples)
  }

  /// The samples in `file` for `graph`.
  func read(_ file: String, for graph: Graph) throws(Diagnostic) -> SampleSet {
    try SampleSet.read(path: file, for: graph, options: sampleOptions)
  }

  /// Random samples for `graph`.
  func random(
    for graph: Graph, count: Int, over range: SyntheticDistribution? = nil
  ) -> SampleSet {
    .synthetic(
      synthetic?.distribution ?? range ?? .default, count: count, seed: seed, for: graph)
  }
}

/// Order of dimensions.
enum SampleLayout: String, ExpressibleByArgument, CaseIterable { case nhwc, nchw }

extension NumberFormat: ExpressibleByArgument {}

/// A distribution as written on the command line.
struct Synthetic: ExpressibleByArgument {
  var distribution: SyntheticDistribution

  init?(argument: String) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let numbers = parts.dropFirst().compactMap { Float($0) }.filter(\.isFinite)
    guard numbers.count == parts.count - 1, parts.count == 1 || parts.count == 3 else { return nil }
    switch parts[0] {
    case "uniform":
      let (low, high) = parts.count == 3 ? (numbers[0], numbers[1]) : (0, 1)
      guard low < high else { return nil }
      distribution = .uniform(low: low, high: high)
    case "normal":
      let (mean, deviation) = parts.count == 3 ? (numbers[0], numbers[1]) : (0, 1)
      guard deviation > 0 else { return nil }
      distribution = .normal(mean: mean, standardDeviation: deviation)
    default: return nil
    }
  }
}
