/// Cuts one line of comma-separated values into fields (RFC 4180, without line ends inside quotes).
public enum CSVRow {
  /// The fields with the zero-based column each starts at; nil when a quote is not closed, or text
  /// follows a closing quote.
  public static func fields(_ line: String) -> [(text: String, column: Int)]? {
    var result: [(text: String, column: Int)] = []
    let bytes = Array(line.utf8)
    var i = 0
    while true {
      let start = i
      var field: [UInt8] = []
      if i < bytes.count, bytes[i] == UInt8(ascii: "\"") {
        i += 1
        while true {
          guard i < bytes.count else { return nil }
          if bytes[i] == UInt8(ascii: "\"") {
            if i + 1 < bytes.count, bytes[i + 1] == UInt8(ascii: "\"") {
              field.append(bytes[i])
              i += 2
              continue
            }
            i += 1
            break
          }
          field.append(bytes[i])
          i += 1
        }
        guard i == bytes.count || bytes[i] == UInt8(ascii: ",") else { return nil }
      } else {
        while i < bytes.count, bytes[i] != UInt8(ascii: ",") {
          field.append(bytes[i])
          i += 1
        }
      }
      result.append((text: String(decoding: field, as: UTF8.self), column: start))
      if i >= bytes.count { return result }
      i += 1
    }
  }
}
