/// Lines that were taken in at once because they are like those before.
public struct LinesAhead: Sendable {
  /// Bytes of all of them; they are whole lines.
  private(set) var bytes = 0
  /// What became of them.
  private(set) var fates = LineAccount()

  /// All lines.
  var lines: Int { fates.total }

  /// Adds lines that came so many times, of which that became each time, and the bytes of all.
  mutating func add(bytes count: Int, times: Int, of each: LineAccount) {
    bytes += count
    fates.enter(each, times: times)
  }
}
