import BenchLog

/// Keeps what an encoder writes.
public struct Buffer: ByteSink {
  /// What it wrote.
  public private(set) var bytes: [UInt8] = []

  /// Of nothing yet.
  public init() {}

  /// Takes the next byte.
  public mutating func put(_ byte: UInt8) { bytes.append(byte) }
}
