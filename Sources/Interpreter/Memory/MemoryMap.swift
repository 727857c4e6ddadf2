import Models
import Support

/// Where the bytes of each tensor of a graph are: constants in one area, everything else in another,
/// each tensor in a region of its own, so that all can be read after a run.
public struct MemoryMap: Sendable, Equatable {
  /// The largest sum of all regions of an area, in bytes.
  public static let largestArea = 1 << 30

  /// What tensors lie in.
  public enum Area: Sendable {
    /// Never written after it was made.
    case constants
    /// Inputs, and what operators compute.
    case activations
  }

  /// The bytes of one tensor.
  public struct Region: Sendable, Equatable {
    /// Which area.
    public let area: Area
    /// Bytes from the start of the area, a multiple of 16.
    public let offset: Int
    /// Bytes of all elements.
    public let byteCount: Int
  }

  /// By tensor; nil for one that no operator uses, that has no fixed size or is stored sparsely.
  public let regions: [Region?]
  /// Size of the area of constants.
  public let constantBytes: Int
  /// Size of the area of activations.
  public let activationBytes: Int

  /// Lays out the tensors of `graph`; throws where they take too much, or keep values between runs.
  init(_ graph: Graph) throws(Diagnostic) {
    var used = Set(graph.inputs + graph.outputs)
    for each in graph.operators {
      used.formUnion(each.inputs.compactMap { $0 })
      used.formUnion(each.outputs)
    }
    var ends: [Area: Int] = [:]
    var regions = [Region?](repeating: nil, count: graph.tensors.count)
    for index in used.sorted() {
      let tensor = graph.tensors[index]
      guard !tensor.isVariable else {
        throw Diagnostic(
          "variable-tensor", "a tensor keeps its value from one inference to the next",
          remedy: "Only models without state can be run here: convert it without variables.",
          place: Place(tensorIndex: index))
      }
      guard let byteCount = tensor.byteCount, !tensor.isSparse else { continue }
      let area = tensor.constant == nil ? Area.activations : .constants
      let offset = ends[area, default: 0]
      // Neither overflows: both sides were found to be at most `largestArea`.
      guard byteCount <= Self.largestArea, offset + byteCount <= Self.largestArea else {
        throw Diagnostic(
          "memory",
          "up to this tensor \(area) take more than 1 GiB, the most that is given to them",
          remedy: "A model for a microcontroller takes a few MB: check its shapes and batch.",
          place: Place(tensorIndex: index))
      }
      regions[index] = Region(area: area, offset: offset, byteCount: byteCount)
      let mask = AlignedBytes.alignment - 1
      ends[area] = (offset + byteCount + mask) & ~mask
    }
    self.regions = regions
    constantBytes = ends[.constants, default: 0]
    activationBytes = ends[.activations, default: 0]
  }
}
