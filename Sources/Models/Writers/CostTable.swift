import Support

/// What each operator of a graph costs, as a file for scripts.
public struct CostTable: Sendable {
  private let graph: Graph
  private let name: String

  /// The table of `graph`; `name` is the model's, as in logs.
  public init(_ graph: Graph, name: String) {
    self.graph = graph
    self.name = name
  }

  /// Columns of the CSV; sizes in bytes, shapes as `1x32x32x3`.
  public static let columns = [
    "model", "dtype", "index", "kind", "input", "output", "weights", "padding", "stride", "macs",
    "weight_bytes", "constant_bytes", "activation_bytes_in", "activation_bytes_out",
  ]

  /// RFC 4180, one row for each operator.
  public var csv: String {
    let rows = graph.costs.map { cost in
      [
        name, "\(graph.dtype)", "\(cost.index)", cost.kind, shape(cost.input), shape(cost.output),
        shape(cost.weights), cost.padding ?? "", shape(cost.stride), macs(cost) ?? "",
        "\(cost.weightBytes)", "\(cost.constantBytes)", "\(cost.activationBytesIn)",
        "\(cost.activationBytesOut)",
      ]
    }
    return ([Self.columns] + rows).map { $0.map(CSVText.field).joined(separator: ",") + "\r\n" }
      .joined()
  }

  /// The same as one JSON document with totals.
  public var json: String {
    let operators = graph.costs.map { cost -> String in
      var fields = [
        "\"index\": \(cost.index)", "\"kind\": \(JSONText.quoted(cost.kind))",
        "\"input\": \(list(cost.input))", "\"output\": \(list(cost.output))",
      ]
      if !cost.weights.isEmpty { fields.append("\"weights\": \(list(cost.weights))") }
      if let padding = cost.padding { fields.append("\"padding\": \(JSONText.quoted(padding))") }
      if !cost.stride.isEmpty { fields.append("\"stride\": \(list(cost.stride))") }
      if let macs = macs(cost) { fields.append("\"macs\": \(macs)") }
      fields += [
        "\"weight_bytes\": \(cost.weightBytes)", "\"constant_bytes\": \(cost.constantBytes)",
        "\"activation_bytes_in\": \(cost.activationBytesIn)",
        "\"activation_bytes_out\": \(cost.activationBytesOut)",
      ]
      if let reason = cost.uncounted {
        fields.append("\"reasons\": {\"macs\": \(JSONText.quoted(reason))}")
      }
      return "    {" + fields.joined(separator: ", ") + "}"
    }
    return """
      {
        "format": "pico2-benchmark.costs/1",
        "model": \(JSONText.quoted(name)),
        "weights_source": \(JSONText.quoted(graph.weightsSource)),
        "dtype": \(JSONText.quoted("\(graph.dtype)")),
        "crc32": "\(Format.hex(graph.crc32))",
        "macs": \(graph.macs),
        "weight_bytes": \(graph.weightBytes),
        "operators": [
      \(operators.joined(separator: ",\n"))
        ]
      }

      """
  }

  private func macs(_ cost: GraphCost) -> String? {
    cost.uncounted == nil ? "\(cost.macs)" : nil
  }

  private func shape(_ sizes: [Int]) -> String {
    sizes.map(String.init).joined(separator: "x")
  }

  private func list(_ sizes: [Int]) -> String {
    "[" + sizes.map(String.init).joined(separator: ", ") + "]"
  }
}
