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
        name, "\(graph.types)", "\(cost.index)", cost.kind, shape(cost.input), shape(cost.output),
        shape(cost.weights), cost.padding ?? "", shape(cost.stride), macs(cost) ?? "",
        "\(cost.weightBytes)", "\(cost.constantBytes)", "\(cost.activationBytesIn)",
        "\(cost.activationBytesOut)",
      ]
    }
    return ([Self.columns] + rows).map { $0.map(CSVText.field).joined(separator: ",") + "\r\n" }
      .joined()
  }

  /// The same as one JSON document with totals.
  public var json: String { fields.document }

  private func macs(_ cost: GraphCost) -> String? {
    cost.uncounted == nil ? "\(cost.macs)" : nil
  }

  private func shape(_ sizes: [Int]) -> String {
    sizes.map(String.init).joined(separator: "x")
  }
}

extension CostTable: FieldsEncodable {
  /// Why a graph has no checksum.
  public static let noChecksum = "it is that of a .tflite file, and this is none"

  /// The model with totals, and its operators.
  public var fields: Fields {
    [
      "format": "pico2-benchmark.costs/1", "model": name,
      "weights_source": graph.weightsSource.description,
      "dtype": "\(graph.types)",
      "crc32": Outcome(graph.bytes.isEmpty ? nil : Format.hex(graph.crc32), or: Self.noChecksum),
      "macs": graph.macs, "weight_bytes": graph.weightBytes, "operators": graph.costs,
    ]
  }
}

extension GraphCost: FieldsEncodable {
  /// What it is and what it costs.
  public var fields: Fields {
    func shape(_ sizes: [Int]) -> [Int]? { sizes.isEmpty ? nil : sizes }
    return [
      "index": cost.index, "kind": cost.kind, "input": cost.input, "output": cost.output,
      "weights": shape(cost.weights), "padding": cost.padding, "stride": shape(cost.stride),
      "macs": uncounted.map { .missing(reason: $0) } ?? Outcome.known(cost.macs),
      "weight_bytes": cost.weightBytes, "constant_bytes": cost.constantBytes,
      "activation_bytes_in": activationBytesIn, "activation_bytes_out": activationBytesOut,
    ]
  }
}
