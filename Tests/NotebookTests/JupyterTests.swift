import Foundation
import Support
import Testing

@testable import Notebook

/// The structural rules of nbformat 4.5
/// (https://github.com/jupyter/nbformat/blob/main/nbformat/v4/nbformat.v4.5.schema.json).
@Suite struct JupyterTests {
  private func checkStructure(_ text: String) throws {
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let root = try #require(parsed as? [String: Any])
    #expect(Set(root.keys) == ["cells", "metadata", "nbformat", "nbformat_minor"])
    #expect(root["nbformat"] as? Int == 4)
    #expect(root["nbformat_minor"] as? Int == 5)
    let metadata = try #require(root["metadata"] as? [String: [String: String]])
    #expect(metadata == ["language_info": ["name": "analyze"]])
    var ids: Set<String> = []
    for cell in try #require(root["cells"] as? [[String: Any]]) {
      let id = try #require(cell["id"] as? String)
      #expect(ids.insert(id).inserted)
      #expect(id.wholeMatch(of: /[a-zA-Z0-9_-]{1,64}/) != nil)
      #expect(cell["metadata"] is [String: Any])
      #expect(cell["source"] is [String])
      switch cell["cell_type"] as? String {
      case "markdown":
        #expect(Set(cell.keys) == ["cell_type", "id", "metadata", "source"])
      case "code":
        #expect(
          Set(cell.keys)
            == ["cell_type", "execution_count", "id", "metadata", "outputs", "source"])
        #expect(cell["execution_count"] is Int || cell["execution_count"] is NSNull)
        for output in try #require(cell["outputs"] as? [[String: Any]]) { try check(output) }
      default: Issue.record("unknown cell type in \(cell)")
      }
    }
  }

  private func check(_ output: [String: Any]) throws {
    switch output["output_type"] as? String {
    case "display_data":
      #expect(Set(output.keys) == ["data", "metadata", "output_type"])
      let data = try #require(output["data"] as? [String: Any])
      let isImage = data.keys.contains { $0.hasPrefix("image/") }
      #expect(isImage != data.keys.contains("text/html"))
      #expect(isImage != data.keys.contains("text/markdown"))
      #expect(data.keys.contains("text/plain"))
      #expect(data.values.allSatisfy { $0 is String || $0 is [String] })
    case "error":
      #expect(Set(output.keys) == ["ename", "evalue", "output_type", "traceback"])
      #expect(output["ename"] is String && output["evalue"] is String)
      #expect(output["traceback"] is [String])
    default: Issue.record("unknown output type in \(output)")
    }
  }

  @Test func sampleFollowsTheSchema() throws {
    let text = IPYNBRenderer().render(SampleDocument.notebook())
    try checkStructure(text)
    #expect(text == IPYNBRenderer().render(SampleDocument.notebook()))
  }

  @Test func randomDocumentsFollowTheSchema() throws {
    for seed in 0..<60 as Range<UInt64> {
      var generator = DocumentGenerator(seed: seed)
      let outputs = (0..<3).map { _ in generator.blocks(most: 3) }
      let text = generator.blocks(most: 3)
      let source = MarkdownRenderer().render(text) + "\n```analyze\na 0\nb 1\nc 2\n```\n"
      let notebook = Notebook.run(source: source, name: "t") { command in
        command.words[0] == "b"
          ? .failure(Diagnostic("cell", generator.text(5), remedy: ""))
          : .blocks(outputs[Int(command.words[1]) ?? 0])
      }
      try checkStructure(IPYNBRenderer().render(notebook))
      try checkStructure(IPYNBRenderer().render(ExecutedNotebook(title: "t", blocks: text)))
    }
  }

  @Test(arguments: ["", "f", "fo", "foo", "foob", "fooba", "foobar", "\u{ff}\u{0}"])
  func base64(text: String) {
    #expect(Base64.encode(Array(text.utf8)) == Data(text.utf8).base64EncodedString())
  }
}
