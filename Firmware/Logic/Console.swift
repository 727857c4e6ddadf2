import BenchLog

/// The console of a board; counts what goes through.
public struct Console<B: Board>: ByteSink {
  private let board: B
  /// Bytes sent so far.
  public private(set) var bytes: UInt64 = 0

  /// The console of `board`.
  init(_ board: B) { self.board = board }

  /// Sends a byte.
  public mutating func put(_ byte: UInt8) {
    board.put(byte)
    bytes += 1
  }

  /// Begins a comment of the log.
  mutating func begin() { write("# ") }

  /// Ends a comment.
  mutating func end() { write("\r\n") }

  /// Sends a comment.
  mutating func say(_ text: StaticString) {
    begin()
    write(text)
    end()
  }
}
