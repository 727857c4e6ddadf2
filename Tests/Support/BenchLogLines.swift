import BenchLog
import Core

/// A log of the project's own format, from its records without numbers and checksums.
public func benchLog(_ records: [String], from first: UInt32 = 0) -> String {
  var number = first
  var text = ""
  for record in records {
    text += benchLine(record, number: number) + "\n"
    number += 1
  }
  return text
}

/// One line of the project's own format.
public func benchLine(
  _ record: String, number: UInt32, version: UInt32 = Schema.version
) -> String {
  let head = "pb\(version) \(number) \(record)"
  let hex = String(naiveCRC32(head.utf8), radix: 16)
  return head + " ~" + String(repeating: "0", count: 8 - hex.count) + hex
}
