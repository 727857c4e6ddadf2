import Foundation
import TestSupport
import Testing

@testable import Models

/// Plans against TFLM with CMSIS-NN on an emulated Cortex-M33: `oracles/m33_cmsisnn_vs_wheel.tsv`.
@Suite(.shared("oracles"))
struct ArenaSharedTests {
  struct Row: Sendable {
    let name: String
    let file: String
    let used: Int
    let minimum: Int
    let head: Int
    /// As RecordingMicroAllocator counts it, which takes more itself.
    let recordedTail: Int
  }

  static func rows() throws -> [Row] {
    let path = Shared.path("oracles/m33_cmsisnn_vs_wheel.tsv")
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    let names = lines[0].split(separator: "\t").map(String.init)
    return try lines.dropFirst().map { line in
      let fields = line.split(separator: "\t").map(String.init)
      func number(_ name: String) throws -> Int {
        let column = try #require(names.firstIndex(of: name))
        return try #require(Int(fields[column]))
      }
      return Row(
        name: fields[0], file: fields[1], used: try number("arena_used_m33"),
        minimum: try number("min_arena_m33"), head: try number("head_m33"),
        recordedTail: try number("tail_m33"))
    }
  }

  @Test func everyRowOfTheTableIsPlannedToTheByte() throws {
    let rows = try Self.rows()
    #expect(rows.count == 26)
    var missing: [String] = []
    for row in rows {
      let path = Shared.path(row.file)
      guard FileManager.default.fileExists(atPath: path) else {
        missing.append(row.name)
        continue
      }
      let graph = try TFLiteReader.read(path: path)
      let plan = try ArenaPlanner.plan(graph)
      let recorded = try ArenaPlanner.plan(graph, target: .cortexM33Recording)
      #expect(plan.isExact, "\(row.name)")
      #expect(plan.headBytes == row.head, "\(row.name)")
      #expect(plan.usedBytes == row.used, "\(row.name)")
      #expect(plan.minimumBytes == row.minimum, "\(row.name)")
      #expect(recorded.tailBytes == row.recordedTail, "\(row.name)")
    }
    // Their files are not in the folder.
    #expect(missing.allSatisfy { $0.hasPrefix("fc_l2_w16") }, "\(missing)")
  }

  /// The two rows without a file: their models are those of 64 outputs, with 16.
  @Test(arguments: ["", "int8"]) func rowsWithoutAFileArePlannedFromTheWiderModel(
    _ suffix: String
  ) throws {
    let row = try #require(try Self.rows().first { $0.name == "fc_l2_w16" + suffix })
    let wide = try TFLiteReader.read(
      path: Shared.path("oracles/generated/fc_l2_w64\(suffix).tflite"))
    var draft = GraphDraft(wide)
    for (index, tensor) in wide.tensors.enumerated() {
      draft.tensors[index].shape = tensor.shape.map { $0 == 64 ? 16 : $0 }
      guard tensor.constant != nil else { continue }
      let count = try #require(draft.tensors[index].byteCount)
      draft.tensors[index].constant = Array(repeating: 0, count: count)[...]
    }
    let plan = try ArenaPlanner.plan(try draft.graph())
    let recorded = try ArenaPlanner.plan(try draft.graph(), target: .cortexM33Recording)
    #expect(plan.headBytes == row.head && plan.usedBytes == row.used)
    #expect(plan.minimumBytes == row.minimum && recorded.tailBytes == row.recordedTail)
  }
}
