/// Lines that were taken in at once because they are like those before.
public struct LinesAhead: Sendable {
  /// Bytes of all of them; they are whole lines.
  var bytes: Int
  /// How often they came.
  var times: Int
  /// What became of them each time.
  var fates: LineAccount

  /// All lines.
  var lines: Int { times * fates.total }
}
