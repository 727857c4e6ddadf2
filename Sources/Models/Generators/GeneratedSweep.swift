import Support

/// A series of generated models whose weights per operator cross the size of the XIP cache, 16 KiB,
/// from both sides, as int8 and as fp32 (RP2350 data sheet, section 4.4).
public struct GeneratedSweep: Sendable, Equatable {
  /// Which operators.
  public enum Kind: String, Sendable, CaseIterable { case cnn, fc }

  /// Bytes of the cache.
  public static let cacheBytes = 16 * 1024

  /// CONV_2D or FULLY_CONNECTED.
  public var kind: Kind
  /// Operators, or pairs of them, in each model.
  public var layers: Int
  /// Side of the window of a CNN.
  public var kernel: Int
  /// Of the weights.
  public var seed: UInt64

  /// A sweep of models with `layers` operators or pairs.
  public init(_ kind: Kind, layers: Int = 2, kernel: Int = 5, seed: UInt64 = 1) {
    self.kind = kind
    self.layers = layers
    self.kernel = kernel
    self.seed = seed
  }

  /// Channels of a CNN, or width of FC: at 1/8 to 4 of the cache as int8, in steps that are closest
  /// around 1/4 and 1, where fp32 and int8 cross it.
  public var sizes: [Int] {
    let eighths = [
      0.5, 1, 1.5, 1.75, 2, 2.25, 2.5, 3, 4, 5, 6, 7, 7.5, 8, 8.5, 9, 10, 12, 14, 16, 20, 24, 32,
    ]
    let wanted = eighths.map { $0 / 8 * Double(Self.cacheBytes) }
    let sizes = wanted.map { bytes -> Int in
      switch kind {
      case .cnn: Int((bytes / Double(kernel * kernel)).squareRoot().rounded())
      case .fc: Int((bytes / Double(fcInputs)).rounded())
      }
    }
    return Array(Set(sizes.map { max($0, 1) })).sorted()
  }

  /// The inputs of GeneratedFC.
  private var fcInputs: Int { 16 }

  /// Height and width of the images; small, as misses do not depend on them but time does.
  private var side: Int { 8 }

  /// One model.
  public enum Member: Sendable, Equatable {
    case cnn(GeneratedCNN)
    case fc(GeneratedFC)

    /// Its file name without ending.
    public var name: String {
      switch self {
      case .cnn(let model): model.name
      case .fc(let model): model.name
      }
    }

    /// MACs of one inference.
    public var macs: Int {
      switch self {
      case .cnn(let model): model.macs
      case .fc(let model): model.macs
      }
    }

    /// Weights of one operator, biases not counted: bytes as int8, a quarter of those as fp32.
    public var weightsPerLayer: Int {
      switch self {
      case .cnn(let model): model.weightsPerLayer
      case .fc(let model): model.weightsPerLayer
      }
    }

    /// The fp32 graph.
    public func graph() throws(Diagnostic) -> Graph {
      switch self {
      case .cnn(let model): try model.graph()
      case .fc(let model): try model.graph()
      }
    }
  }

  /// In ascending order of size.
  public var members: [Member] {
    sizes.map { size in
      switch kind {
      case .cnn:
        .cnn(
          GeneratedCNN(
            layers: layers, channels: size, kernel: kernel, height: side, width: side, seed: seed))
      case .fc: .fc(GeneratedFC(layers: layers, width: size, seed: seed))
      }
    }
  }
}
