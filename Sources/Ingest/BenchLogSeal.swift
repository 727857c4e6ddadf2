import BenchLog

/// Numbers the lines of a hand-written log and gives them their checksums.
///
/// The draft has one line per record, `run id=1 machine=1 ...`, blank lines and `#` comments; the
/// `end` line is added. This is how published figures become a log.
public enum BenchLogSeal {
  private struct Output: ByteSink {
    var bytes: [UInt8] = []
    mutating func put(_ byte: UInt8) { bytes.append(byte) }
  }

  /// The sealed log (LF line ends), or what is wrong with the draft.
  public static func seal(draft: String, file: String) -> (text: String, diagnostics: [Diagnostic])
  {
    var result = ""
    var diagnostics: [Diagnostic] = []
    var number: UInt32 = 0
    var runs = 0
    // A CRLF is one character, which is not "\n".
    let rows = draft.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }
    for (n, row) in rows.enumerated() {
      let row = String(row).trimmingBlanks
      if row.isEmpty || row.hasPrefix("#") {
        result += row + "\n"
        continue
      }
      let sealed = line(row, number: number)
      do throws(LineProblem) {
        let bytes = Array(sealed.utf8)
        let decoded = try LineDecoder.decode(bytes.span)
        if decoded.record == .run { runs += 1 }
        number += 1
        result += sealed + "\n"
      } catch {
        var words = "the line does not keep to the format"
        if case .damaged(_, let damage) = error { words = damage.words }
        diagnostics.append(
          Diagnostic(
            file: file, line: n + 1, column: 1, severity: .error, rule: "bad-draft",
            message: words, remedy: "See docs/log-format.md for the keys of each record."))
      }
    }
    while result.hasSuffix("\n\n") { result.removeLast() }
    result += line("end lines=\(number + 1) runs=\(runs)", number: number) + "\n"
    return (result, diagnostics)
  }

  private static func line(_ body: String, number: UInt32) -> String {
    let head = "pb\(Schema.version) \(number) \(body)"
    let bytes = Array(head.utf8)
    let hex = String(CRC32.of(bytes.span), radix: 16)
    return head + " ~" + String(repeating: "0", count: 8 - hex.count) + hex
  }
}
