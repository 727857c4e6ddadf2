import BenchLog
import Core
import Support

/// Numbers the lines of a hand-written log and gives them their checksums.
///
/// The draft has one line per record, `run id=1 machine=1 ...`, blank lines and `#` comments; the
/// `end` line is added. This is how published figures become a log.
public enum BenchLogSeal {
  private struct Output: ByteSink {
    var bytes: [UInt8] = []
    mutating func put(_ byte: UInt8) { bytes.append(byte) }
  }

  /// The sealed log (LF line ends), or what is wrong with the draft. It is of the oldest version that
  /// has everything the draft says, so that as many readers as possible understand it.
  public static func seal(draft: String, file: String) -> (text: String, diagnostics: [Diagnostic])
  {
    var best = seal(draft: draft, file: file, version: 1)
    for version in 2...Schema.version where !best.diagnostics.isEmpty {
      let newer = seal(draft: draft, file: file, version: version)
      if newer.diagnostics.count < best.diagnostics.count { best = newer }
    }
    return best
  }

  private static func seal(
    draft: String, file: String, version: UInt32
  ) -> (text: String, diagnostics: [Diagnostic]) {
    var result = ""
    var diagnostics: [Diagnostic] = []
    var number: UInt32 = 0
    var runs = 0
    // Editors end lines so; other characters that Unicode calls line ends are refused below.
    let lineEnds: Set<Character> = ["\n", "\r\n", "\r"]
    let rows = draft.split(
      omittingEmptySubsequences: false, whereSeparator: lineEnds.contains)
    for (n, raw) in rows.enumerated() {
      let row = String(raw).trimmingBlanks
      let indent = raw.utf8.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
      func report(_ column: Int, _ message: String, _ remedy: String) {
        diagnostics.append(
          Diagnostic(
            "bad-draft", message, remedy: remedy,
            place: Place(line: n + 1, column: indent + column + 1), file: file))
      }
      if row.isEmpty || row.hasPrefix("#") {
        if isTakenForLine(row) {
          report(
            0, "the comment ends in ' ~' and a checksum, as lines of the log do",
            "Take the checksum off, or leave the comment out.")
        } else {
          result += visible(row) + "\n"
        }
        continue
      }
      if row.utf8.contains(where: { $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7F }) {
        report(
          0, "the line holds a control character, which would be taken for serial noise",
          "Write it as \\xNN in a quoted value.")
        continue
      }
      if visible(row) != row {
        report(
          0, "the line holds a character that cannot be seen",
          "Write its bytes as \\xNN in a quoted value.")
        continue
      }
      let sealed = line(row, number: number, version)
      do throws(LineProblem) {
        let bytes = Array(sealed.utf8)
        let decoded = try LineDecoder.decode(bytes.span)
        if decoded.record == .end {
          report(0, "the draft has an end line of its own", "Leave it out; the right one is added.")
          continue
        }
        if decoded.record == .run { runs += 1 }
        number += 1
        result += sealed + "\n"
      } catch {
        var words = "the line does not keep to the format"
        var column = 0
        if case .damaged(let at, let damage) = error {
          words = damage.words
          column = max(at - head(number, version).utf8.count, 0)
        }
        report(column, words, "See docs/log-format.md for the keys of each record.")
      }
    }
    while result.hasSuffix("\n\n") { result.removeLast() }
    let end = line("end lines=\(number + 1) runs=\(runs)", number: number, version)
    result += end + "\n"
    return (result, diagnostics)
  }

  /// A row whose hidden characters but tabs are escapes: a sealed log may be seen on a terminal.
  private static func visible(_ row: String) -> String {
    row.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false)
      .map { MessageText.line(String($0)) }.joined(separator: "\t")
  }

  private static func head(_ number: UInt32, _ version: UInt32) -> String {
    "pb\(version) \(number) "
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

  private static func line(_ body: String, number: UInt32, _ version: UInt32) -> String {
    let line = head(number, version) + body
    return line + " ~" + Format.hex(CRC32.of(Array(line.utf8).span))
  }
}
