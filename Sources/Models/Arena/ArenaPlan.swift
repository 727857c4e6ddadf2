import Support

/// When an arena is fullest.
public enum ArenaPhase: Sendable, Equatable, CustomStringConvertible {
  /// Structures for tensors and operators are made.
  case setup
  /// That operator is prepared.
  case preparation(operatorIndex: Int)
  /// Offsets of activations are found.
  case planning
  /// The model runs.
  case inference

  /// As in `preparation of operator 3`.
  public var description: String {
    switch self {
    case .setup: "setup"
    case .preparation(let index): "preparation of operator \(index)"
    case .planning: "planning of activations"
    case .inference: "inference"
    }
  }
}

/// What a model needs of TFLM's tensor arena, and what for.
///
/// All offsets are from the start of an arena that stands at a multiple of 16.
public struct ArenaPlan: Sendable, Equatable {
  /// A tensor in the head.
  public struct TensorPlacement: Sendable, Equatable {
    /// Position in `Graph.tensors`.
    public let tensorIndex: Int
    /// Bytes from the start.
    public let offset: Int
    /// Size, rounded up to the alignment.
    public let bytes: Int
    /// Step that writes it: 0 before the first operator, i + 1 for operator i; -1 where nothing uses
    /// it.
    public let firstStep: Int
    /// Step that last uses it.
    public let lastStep: Int
  }

  /// Memory of one operator in the head, free at all other times.
  public struct ScratchPlacement: Sendable, Equatable {
    /// Position in `Graph.operators`.
    public let operatorIndex: Int
    /// What for.
    public let what: String
    /// Bytes from the start.
    public let offset: Int
    /// Size, rounded up to the alignment.
    public let bytes: Int
  }

  /// Memory in the tail, in the order in which it is taken.
  public struct PersistentItem: Sendable, Equatable {
    /// Structure or table.
    public let what: String
    /// Position in `Graph.operators`, for what belongs to one.
    public let operatorIndex: Int?
    /// With what alignment leaves unused.
    public let bytes: Int
  }

  /// For which build.
  public let target: ArenaTarget
  /// Activations and scratch memory, placed by lifetime.
  public let headBytes: Int
  /// Persistent memory: structures, quantization, tables of kernels.
  public let tailBytes: Int
  /// What `arena_used_bytes()` says after AllocateTensors: head and tail.
  public var usedBytes: Int { headBytes + tailBytes }
  /// The smallest arena, a multiple of 16, in which AllocateTensors succeeds and the model runs. Can
  /// be more than `usedBytes`, as AllocateTensors also needs memory that it gives back.
  ///
  /// Somewhat smaller arenas can happen to work where FULLY_CONNECTED is quantized per channel: its
  /// tables may then overwrite temporary tensors, which TFLM does not check. The plan keeps them apart.
  public let minimumBytes: Int
  /// When the arena of that size is full.
  public let decisivePhase: ArenaPhase
  /// Tensors in the head, ascending.
  public let tensors: [TensorPlacement]
  /// Scratch memory, in the order of operators.
  public let scratch: [ScratchPlacement]
  /// The tail; sums up to `tailBytes`.
  public let persistent: [PersistentItem]
  /// The most bytes of activations and scratch that are in use in one step; no placement takes fewer.
  public let headLowerBound: Int
  /// Bytes in `persistent` and `scratch` that stand for what is not known; 0 where `isExact`.
  public let marginBytes: Int
  /// Whether all numbers are TFLM's own; `remarks` says why not.
  public var isExact: Bool { remarks.isEmpty }
  /// Why numbers are a margin: one remark for each reason, at the first place.
  public let remarks: [Diagnostic]
}
