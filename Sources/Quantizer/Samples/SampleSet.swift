import Core
import Models

/// Inputs of a model for calibration and comparison.
///
/// A file is held once as it is stored; a sample becomes numbers when it is asked for.
public struct SampleSet: Sendable {
  enum Storage: Sendable {
    case array(NumberArray, SampleShape, offset: Float, factor: Float)
    case synthetic(SyntheticDistribution, seed: UInt64, elements: [Int])
  }

  let storage: Storage
  /// Positions in the storage.
  let indices: [Int]
  /// Where the samples are from: a path, or how random numbers are distributed.
  public let source: String

  /// Number of samples.
  public var count: Int { indices.count }

  /// True where samples are random numbers.
  var isSynthetic: Bool { if case .synthetic = storage { true } else { false } }

  /// What ranges measured on these samples are from.
  public var origin: CalibrationRanges.Origin {
    isSynthetic
      ? .synthetic(count, description: source) : .samples(count, file: source)
  }

  init(_ storage: Storage, indices: some Sequence<Int>, source: String) {
    self.storage = storage
    self.indices = Array(indices)
    self.source = source
  }

  /// `count` random samples for `graph`, the same for the same seed whatever the count.
  public static func synthetic(
    _ distribution: SyntheticDistribution = .default, count: Int, seed: UInt64 = 1, for graph: Graph
  ) -> SampleSet {
    SampleSet(
      .synthetic(
        distribution, seed: seed,
        elements: graph.inputs.map { graph.tensors[$0].elementCount ?? 0 }),
      indices: 0..<max(count, 0), source: "\(distribution), seed \(seed)")
  }

  /// The values of sample `index`, in 0..<count, for each input of the model, row by row.
  public func sample(_ index: Int) -> [[Float]] {
    let position = indices[index]
    switch storage {
    case .array(let array, let shape, let offset, let factor):
      let start = position * shape.elements
      var values = array.floats(start..<start + shape.elements)
      if let images = shape.channelsFirst { values = Self.turned(values, images) }
      if offset != 0 || factor != 1 { values = values.map { ($0 - offset) * factor } }
      return [values]
    case .synthetic(let distribution, let seed, let elements):
      // A stream for each sample, so that none depends on how many came before.
      var streams = SplitMix64(seed: seed &+ UInt64(position) &* 0xD1B5_4A32_D192_ED03)
      var generator = SplitMix64(seed: streams.next())
      return elements.map { distribution.values($0, &generator) }
    }
  }

  /// Which samples are kept from calibration.
  public enum HoldOut: Sendable {
    /// The last of the file.
    case last
    /// Samples at equal distances, the last among them. For files in which samples are sorted by
    /// class, where the last would be of one class.
    case interleaved
  }

  /// Samples to calibrate on, and others for a check on data that calibration has not seen:
  /// `heldOutShare` of them, at least one of each where there are two. Deterministic.
  public func split(
    heldOutShare: Double = 0.2, _ choice: HoldOut = .last
  ) -> (calibration: SampleSet, heldOut: SampleSet) {
    let wanted = Int((Double(count) * min(max(heldOutShare, 0), 1)).rounded())
    let number = count < 2 || heldOutShare <= 0 ? 0 : min(max(wanted, 1), count - 1)
    let held: Set<Int> =
      switch choice {
      case .last: Set(count - number..<count)
      case .interleaved: Set((0..<number).map { ($0 + 1) * count / number - 1 })
      }
    return (
      with(indices.indices.filter { !held.contains($0) }.map { indices[$0] }),
      with(held.sorted().map { indices[$0] })
    )
  }

  /// The first `count` samples, or all where there are fewer.
  public func prefix(_ count: Int) -> SampleSet { with(Array(indices.prefix(max(count, 0)))) }

  /// The last `count` samples, or all where there are fewer.
  public func suffix(_ count: Int) -> SampleSet { with(Array(indices.suffix(max(count, 0)))) }

  private func with(_ indices: [Int]) -> SampleSet {
    SampleSet(storage, indices: indices, source: source)
  }

  /// Channels first to channels last.
  private static func turned(
    _ values: [Float], _ shape: (channels: Int, height: Int, width: Int)
  ) -> [Float] {
    let area = shape.height * shape.width
    return values.indices.map {
      values[$0 % shape.channels * area + $0 / shape.channels]
    }
  }
}
