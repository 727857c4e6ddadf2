import Foundation
import Ingest
import Support
@testable import Notebook
@testable import Support

extension Target {
  /// A notebook of untrusted Markdown whose cells give untrusted text, in every format.
  static let notebook = Target(name: "notebook") { bytes in
    let source = String(decoding: bytes, as: UTF8.self)
    checkParser(source)
    // The text stands in so many places that the checks would take long for more of it.
    let start = String(source.prefix(1024))
    var left = 4
    let notebook = Notebook.run(source: source, name: "fuzz.md") { command in
      defer { left -= 1 }
      if left <= 0 { return .blocks([]) }
      if command.words.first == "fail" {
        return .failure(Diagnostic("cell", command.text, remedy: start))
      }
      return .blocks(untrusted(left == 4 ? start : String(command.text.prefix(256))))
    }
    OutputCheck.check(notebook)
  }
}

/// Every kind of block with the text wherever text may stand.
private func untrusted(_ text: String) -> [Block] {
  let number = text.utf8.count.isMultiple(of: 2) ? 1.5 : nil
  let table = Table(
    columns: [
      .init([.text(text)], unit: text), .init([.code(text)], alignment: .decimal, priority: 1),
    ],
    rows: [
      .init([.number(text, sortValue: number), .missing(reason: text)], isEmphasized: true),
      .init([.text([.strong([.text(text)])])]),
    ], caption: [.emphasis([.text(text)])])
  return [
    .heading(level: 2, [.text(text)]),
    .paragraph([.text(text), .code(text)] + Inline.link([.text(text)], target: text)),
    .table(table),
    .list(List(.ordered(start: Int.max), lines: [[.text(text)], [.code(text)]])),
    .callout(Callout(.finding(.warning), title: [.text(text)], blocks: [.rule])),
    .code(language: text, text: text),
    .figure(
      Figure(name: text, svg: "<svg/>", alternativeText: text, caption: [.text(text)])),
  ]
}

/// Elements ascend and cover every line that is not blank; errors stand inside the file.
private func checkParser(_ source: String) {
  let parsed = ParsedNotebook(parsing: source, name: "fuzz.md")
  let lines = VisibleText.splitLines(source)
  var last = 0
  func blanks(upTo end: Int) {
    while last + 1 < end {
      let isBlank = lines[last].utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      require(isBlank, "line \(last + 1) is in no element")
      last += 1
    }
  }
  for element in parsed.elements {
    require(
      element.lines.lowerBound > last && element.lines.upperBound <= lines.count,
      "\(element.lines) behind line \(last) of \(lines.count)")
    blanks(upTo: element.lines.lowerBound)
    last = element.lines.upperBound
  }
  blanks(upTo: lines.count + 1)
  for error in parsed.errors {
    require((1...max(1, lines.count)).contains(error.line) && error.column >= 1, "\(error)")
    require(!error.message.isEmpty && !error.remedy.isEmpty, "\(error)")
  }
}
