import Models
import Notebook
import Support

/// The parts of an arena as text and a table.
enum ArenaBlocks {
  static func blocks(_ plan: ArenaPlan, _ graph: Graph) -> [Block] {
    let minimum = Format.grouped(plan.minimumBytes)
    let sentence =
      "TFLM with CMSIS-NN on a Cortex-M33 needs an arena of \(minimum) B: it is fullest at "
      + "\(plan.decisivePhase). Afterwards \(Format.grouped(plan.usedBytes)) B are in use, "
      + "of which activations and scratch take \(Format.grouped(plan.headBytes)) B and "
      + "structures \(Format.grouped(plan.tailBytes)) B. An arena that is too small may "
      + "crash in place of failing."
    var byOperator: [Int: (scratch: Int, persistent: Int)] = [:]
    for each in plan.scratch {
      byOperator[each.operatorIndex, default: (0, 0)].scratch += each.bytes
    }
    var shared = 0
    for each in plan.persistent {
      if let index = each.operatorIndex {
        byOperator[index, default: (0, 0)].persistent += each.bytes
      } else {
        shared += each.bytes
      }
    }
    var placed: [Int: ArenaPlan.TensorPlacement] = [:]
    for each in plan.tensors { placed[each.tensorIndex] = each }
    var rows = graph.operators.enumerated().map { index, each -> Table.Row in
      let output = each.outputs.first.flatMap { placed[$0] }
      let costs = byOperator[index] ?? (0, 0)
      return .init([
        .number("\(index)"), .text(each.kind.name),
        output.map { .count($0.offset) }
          ?? .missing(reason: "the output is not in the head"),
        output.map { .count($0.bytes) } ?? .missing(reason: "the output is not in the head"),
        .count(costs.scratch), .count(costs.persistent),
      ])
    }
    rows.append(
      .init([
        .text(""), .text("shared by all"), .text(""), .text(""), .text(""), .count(shared),
      ]))
    let table = Table(
      columns: [
        .init(["#"]), .init(["operator"]), .init(["output at"], unit: "B", priority: 1),
        .init(["output"], unit: "B"), .init(["scratch"], unit: "B"),
        .init(["structures"], unit: "B"),
      ], rows: rows, caption: ["Arena by operator"])
    return [.heading(level: 2, ["Arena"]), .paragraph([.text(sentence)]), .table(table)]
  }

}
