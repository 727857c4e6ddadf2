import BenchLog
import Core

/// What inferences of one sample of input gave.
///
/// A sample whose inferences gave different bytes has several of these.
public struct RunOutput: Sendable, Equatable, Codable {
  /// A part of its bytes.
  public struct Piece: Sendable, Equatable, Codable {
    /// Where in the output it begins.
    public var offset: UInt64
    /// The bytes.
    public var bytes: [UInt8]
  }

  /// Number of the sample, from 0.
  public var sample: UInt64
  /// Which output of the model, from 0.
  public var output: UInt64
  /// CRC-32 of all its bytes.
  public var crc32: UInt32
  /// Its size in bytes; nil where the log does not say.
  public var byteCount: UInt64?
  /// Inferences that gave these bytes; nil where the log does not say.
  public var inferences: UInt64?
  /// The parts of it that the log holds, by their offset.
  public var pieces: [Piece]

  /// All its bytes; nil where the log holds only some of them, or does not say how many there are.
  public var data: [UInt8]? {
    var whole: [UInt8] = []
    for piece in pieces {
      guard piece.offset == UInt64(whole.count) else { return nil }
      whole += piece.bytes
    }
    return UInt64(whole.count) == byteCount ? whole : nil
  }

  /// False where all its bytes came and are not those of its checksum.
  var fitsItsChecksum: Bool { data.map { CRC32.of($0.span) == crc32 } ?? true }
}
