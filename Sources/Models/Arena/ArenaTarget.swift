/// For which build of TensorFlow Lite Micro (TFLM) an arena is planned.
///
/// Both are pico-tflmicro with CMSIS-NN 7.0.0 for a Cortex-M33 with the DSP extension, built with GCC
/// or Clang: 32-bit pointers, enumerations in one byte. Arm's own compiler makes 1x1 convolutions ask
/// for scratch memory, and is not meant.
public struct ArenaTarget: Sendable, Equatable {
  /// Who hands out the arena.
  public enum Allocator: Sendable, Equatable {
    /// MicroAllocator, which MicroInterpreter makes by itself.
    case plain
    /// RecordingMicroAllocator, which counts and prints what the arena is used for, and is larger.
    case recording
  }

  /// As shown.
  public let name: String
  /// Who hands out the arena.
  public let allocator: Allocator

  /// An application: MicroInterpreter with its own allocator.
  public static let cortexM33 = ArenaTarget(name: "TFLM on Cortex-M33", allocator: .plain)
  /// The same with RecordingMicroInterpreter, as TFLM's benchmarks use.
  public static let cortexM33Recording = ArenaTarget(
    name: "TFLM on Cortex-M33, recording", allocator: .recording)
}
