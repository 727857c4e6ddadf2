import Support

/// Writes a document as a Jupyter notebook, nbformat 4.5.
///
/// https://nbformat.readthedocs.io/en/latest/format_description.html: text becomes Markdown cells, cells
/// become code cells with their outputs. There is no kernel; the language is named `analyze`.
public struct IPYNBRenderer: Sendable {
  private let markdown = MarkdownRenderer()
  private let prose = MarkdownRenderer(pictures: .attached)
  private let terminal = TerminalRenderer(width: 80, colour: false, unicode: true)

  /// Makes a renderer.
  public init() {}

  /// The JSON of the notebook, with a line feed at its end.
  public func render(_ notebook: ExecutedNotebook) -> String {
    // One writer for the whole document keeps anchors unique.
    var html = HTMLBlocks()
    let cells = notebook.parts.enumerated().flatMap { index, part -> [JSONValue] in
      switch part {
      case .text(let blocks): text(blocks, part: index + 1, html: &html)
      case .cell(let cell): [code(cell, html: &html)]
      }
    }
    let document: JSONValue = .object([
      "cells": .array(cells),
      "metadata": .object(["language_info": .object(["name": .string("analyze")])]),
      "nbformat": .integer(4),
      "nbformat_minor": .integer(5),
    ])
    return document.encoded() + "\n"
  }

  /// Text becomes a Markdown cell; a figure in it becomes the output of a code cell without source.
  private func text(_ blocks: [Block], part: Int, html: inout HTMLBlocks) -> [JSONValue] {
    var cells: [JSONValue] = []
    for (index, run) in Self.runs(blocks).enumerated() {
      let id = "text-\(part)-\(index + 1)"
      if case .figure(let figure)? = run.first {
        cells.append(Self.code(id: id, count: .null, self.figure(figure, html: &html), source: ""))
        continue
      }
      let source = trimmed(prose.render(run))
      guard !source.isEmpty else { continue }
      var cell: [String: JSONValue] = [
        "cell_type": .string("markdown"),
        "id": .string(id),
        "metadata": .object([:]),
        "source": .lines(source),
      ]
      cell["attachments"] = Self.attachments(run.pictures)
      cells.append(.object(cell))
    }
    return cells
  }

  /// The pictures of a cell by their names, as its Markdown calls them.
  private static func attachments(_ pictures: [PictureContent]) -> JSONValue? {
    guard !pictures.isEmpty else { return nil }
    let members = pictures.map { picture in
      let data: JSONValue = .string(Base64.encode(picture.bytes))
      return (picture.name, JSONValue.object([picture.kind.mediaType: data]))
    }
    return .object(Dictionary(members) { first, _ in first })
  }

  private static func code(
    id: String, count: JSONValue, _ outputs: [JSONValue], source: String
  ) -> JSONValue {
    .object([
      "cell_type": .string("code"),
      "execution_count": count,
      "id": .string(id),
      "metadata": .object([:]),
      "outputs": .array(outputs),
      "source": .lines(source),
    ])
  }

  private func code(_ cell: ExecutedNotebook.Cell, html: inout HTMLBlocks) -> JSONValue {
    var outputs: [JSONValue] = []
    for result in cell.results {
      switch result.outcome {
      case .failure(let failure): outputs.append(error(failure))
      case .blocks(let blocks):
        for run in Self.runs(blocks) {
          if case .figure(let figure)? = run.first {
            outputs += self.figure(figure, html: &html)
          } else {
            outputs.append(display(run, html: &html))
          }
        }
      }
    }
    return Self.code(
      id: "cell-\(cell.number)", count: .integer(cell.number), outputs,
      source: cell.source.joined(separator: "\n"))
  }

  /// Blocks in groups; every figure is a group of its own, since it is also shown as an image.
  private static func runs(_ blocks: [Block]) -> [[Block]] {
    var runs: [[Block]] = []
    var current: [Block] = []
    for block in blocks {
      if case .figure = block {
        if !current.isEmpty { runs.append(current) }
        runs.append([block])
        current = []
      } else {
        current.append(block)
      }
    }
    return current.isEmpty ? runs : runs + [current]
  }

  /// The image, then caption and numbers: a viewer shows one of the forms of an output, and the
  /// image forms hold no words. A figure without an image is an output like any other.
  private func figure(_ figure: Figure, html: inout HTMLBlocks) -> [JSONValue] {
    var data: [String: JSONValue] = [:]
    do throws(Diagnostic) {
      if let svg = try figure.drawing(.svg(.light, .wide)) {
        data["image/svg+xml"] = .lines(String(decoding: svg, as: UTF8.self))
      }
      if let png = try figure.drawing(.png(.light)) {
        data["image/png"] = .string(Base64.encode(png))
      }
    } catch {
      data = [:]
    }
    guard !data.isEmpty else { return [display([.figure(figure)], html: &html)] }
    var wordless = figure
    wordless.caption = []
    data["text/plain"] = .lines(trimmed(terminal.render([.figure(wordless)])))
    var rest: [Block] = []
    if !figure.caption.isEmpty { rest.append(.paragraph([.emphasis(figure.caption)])) }
    if let table = figure.table { rest.append(.table(table)) }
    return [Self.output(data)] + (rest.isEmpty ? [] : [display(rest, html: &html)])
  }

  private func display(_ blocks: [Block], html: inout HTMLBlocks) -> JSONValue {
    Self.output([
      "text/html": .lines(NotebookHTML.withoutFormulas(html.html(blocks))),
      "text/markdown": .lines(trimmed(markdown.render(blocks))),
      "text/plain": .lines(trimmed(terminal.render(blocks))),
    ])
  }

  private static func output(_ data: [String: JSONValue]) -> JSONValue {
    .object([
      "data": .object(data),
      "metadata": .object([:]),
      "output_type": .string("display_data"),
    ])
  }

  private func error(_ failure: Diagnostic) -> JSONValue {
    let message = VisibleText.line(failure.message)
    let remedy = VisibleText.line(failure.remedy)
    let traceback = [message] + (remedy.isEmpty ? [] : [remedy])
    return .object([
      "ename": .string("CommandError"),
      "evalue": .string(message),
      "output_type": .string("error"),
      "traceback": .array(traceback.map(JSONValue.string)),
    ])
  }

  private func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
