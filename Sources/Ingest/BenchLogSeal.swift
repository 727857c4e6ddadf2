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
    func refuse(_ row: Int, _ message: String, _ remedy: String) {
      diagnostics.append(
        Diagnostic(
          file: file, line: row + 1, column: 1, severity: .error, rule: "bad-draft",
          message: message, remedy: remedy))
    }
    for (n, row) in rows.enumerated() {
      let row = String(row).trimmingBlanks
      if row.isEmpty || row.hasPrefix("#") {
        if isTakenForLine(row) {
          refuse(
            n, "the comment ends in ' ~' and a checksum, as lines of the log do",
            "Take the checksum off, or leave the comment out.")
        } else {
          result += row + "\n"
        }
        continue
      }
      if row.utf8.contains(where: { $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7F }) {
        refuse(
          n, "the line holds a control character, which would be taken for serial noise",
          "Write it as \\xNN in a quoted value.")
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
        refuse(n, words, "See docs/log-format.md for the keys of each record.")
      }
    }
    while result.hasSuffix("\n\n") { result.removeLast() }
    result += line("end lines=\(number + 1) runs=\(runs)", number: number) + "\n"
    return (result, diagnostics)
  }

  /// True when a reader would take the text for a line of the log, whole or damaged.
  private static func isTakenForLine(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    do throws(LineProblem) {
      _ = try LineDecoder.decode(bytes.span)
      return true
    } catch {
      return error != .foreign
    }
  }

  private static func line(_ body: String, number: UInt32) -> String {
    let head = "pb\(Schema.version) \(number) \(body)"
    let bytes = Array(head.utf8)
    let hex = String(CRC32.of(bytes.span), radix: 16)
    return head + " ~" + String(repeating: "0", count: 8 - hex.count) + hex
  }
}
