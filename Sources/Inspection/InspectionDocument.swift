// A model described as a document and as JSON, for both programs. Knows nothing of logs and
// quantization.

import ModelFormats
import Models
import Notebook
import Support

/// What a model is made of and what it costs, as a document.
public struct InspectionDocument: Sendable {
  let model: OpenedModel
  let arena: ArenaPlan?
  private let arenaFailure: Diagnostic?

  /// Why there is no arena.
  var arenaReason: String { arenaFailure?.message ?? "not planned" }

  /// Looks at `model`.
  public init(_ model: OpenedModel) {
    self.model = model
    do throws(Diagnostic) {
      arena = try ArenaPlanner.plan(model.graph)
      arenaFailure = nil
    } catch {
      arena = nil
      arenaFailure = error
    }
  }

  /// Tables of the whole, of operators and of the arena, and what is to be known of them.
  public var notebook: ExecutedNotebook {
    let heading = "Model \(model.name)"
    var blocks: [Block] = [
      .heading(level: 1, [.text(heading)]), .table(summary), .table(operators),
    ]
    if let arena { blocks += ArenaBlocks.blocks(arena, model.graph) }
    blocks += callouts
    return ExecutedNotebook(title: heading, blocks: blocks)
  }

  private var summary: Table {
    let graph = model.graph
    var rows: [Table.Row] = []
    func add(_ what: String, _ value: Table.Cell) { rows.append(.init([.text(what), value])) }
    func number(_ what: String, _ value: UInt64, _ unit: String) {
      add(what, .number(Format.grouped(value) + " " + unit, sortValue: Double(value)))
    }
    add("format", .text(model.format.rawValue))
    add("dtype", .text("\(graph.types)"))
    add("weights are", .text(Self.words(graph)))
    if graph.bytes.isEmpty {
      add("CRC-32", .missing(reason: CostTable.noChecksum))
    } else {
      add("CRC-32", .text(Format.hex(graph.crc32)))
      number("file", UInt64(graph.bytes.count), "B")
    }
    add("inputs", .text(list(graph.inputs)))
    add("outputs", .text(list(graph.outputs)))
    number("operators", UInt64(graph.operators.count), "")
    number("MAC", graph.macs, "")
    number("weights", graph.weightBytes, "B")
    if let arena {
      add(
        "arena (TFLM, Cortex-M33)",
        .number(
          Format.grouped(arena.minimumBytes) + " B"
            + (arena.isExact
              ? "" : ", at most \(Format.grouped(arena.marginBytes)) too many"),
          sortValue: Double(arena.minimumBytes)))
    } else {
      add("arena (TFLM, Cortex-M33)", .missing(reason: arenaReason))
    }
    return Table(columns: [.init(["property"]), .init(["value"])], rows: rows)
  }

  private var operators: Table {
    let graph = model.graph
    let all = max(graph.macs, 1)
    return Table(
      columns: [
        .init(["#"]), .init(["operator"]), .init(["input"], priority: 2), .init(["output"]),
        .init(["weights"], priority: 1), .init(["stride"], priority: 4),
        .init(["padding"], priority: 5), .init(["MAC"]), .init(["share"], unit: "%", priority: 3),
        .init(["weights"], unit: "B"), .init(["other constants"], unit: "B", priority: 6),
        .init(["activations in"], unit: "B", priority: 7),
        .init(["activations out"], unit: "B", priority: 7),
      ],
      rows: graph.costs.map { cost in
        .init([
          .number("\(cost.index)"), .text(cost.kind), shape(cost.input), shape(cost.output),
          cost.weights.isEmpty ? .text("") : shape(cost.weights),
          .text(cost.stride.map(String.init).joined(separator: "x")), .text(cost.padding ?? ""),
          cost.uncounted.map { .missing(reason: $0) }
            ?? .count(cost.macs),
          cost.uncounted.map { .missing(reason: $0) }
            ?? .number(Format.fixed(100 * Double(cost.macs) / Double(all), places: 1)),
          .count(cost.weightBytes), .count(cost.constantBytes), .count(cost.activationBytesIn),
          .count(cost.activationBytesOut),
        ])
      }, caption: [.text("Operators of \(model.name)")])
  }

  private var callouts: [Block] {
    var result =
      warnings.map { Self.callout($0, .finding(.warning)) }
      + (model.remarks + (arena?.remarks ?? [])).map { Self.callout($0, .note) }
    if !model.changes.isEmpty {
      let text = model.changes.map { "\($0.pass) \($0.count)" }.joined(separator: ", ")
      result.append(.paragraph([.text("Transforms and their changes: \(text).")]))
    }
    return result
  }

  /// What TFLM does with the model that is not expected of it.
  var warnings: [Diagnostic] { model.graph.tflmWarnings }

  private static func callout(_ remark: Diagnostic, _ kind: Callout.Kind) -> Block {
    .callout(
      Callout(
        kind, title: [.text(remark.located)], blocks: [.paragraph([.text(remark.remedy)])]))
  }

  private func list(_ tensors: [Int]) -> String {
    tensors.map { index in
      let tensor = model.graph.tensors[index]
      let name = tensor.name.isEmpty ? "" : printable(tensor.name, limit: 60) + " "
      let shape = tensor.shape.map(String.init).joined(separator: "x")
      var text = "\(name)\(shape) \(tensor.elementType.name)"
      if let quantization = tensor.quantization, quantization.scales.count == 1 {
        text += ", scale \(quantization.scales[0]), zero point \(quantization.zeroPoints[0])"
      }
      return text
    }.joined(separator: "; ")
  }

  private func shape(_ sizes: [Int]) -> Table.Cell {
    .text(sizes.map(String.init).joined(separator: "x"))
  }

  private static func words(_ graph: Graph) -> String {
    if graph.weightsSource == .twin {
      return "seeded, not trained (\(printable(graph.note, limit: 60)))"
    }
    return graph.note.hasPrefix("seeded weights")
      ? printable(graph.note, limit: 60) : "as in the file"
  }
}
