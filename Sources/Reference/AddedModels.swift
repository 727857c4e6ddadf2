import Core
import Models

extension OperatorCost {
  /// Whether both cost the same wherever they stand in a graph.
  ///
  /// A window moves over height and width, so their place in the shape matters; to any other kernel
  /// 1x1x1x64 is the same as 1x64, as a RESHAPE that a converter leaves out makes of it.
  fileprivate func costsTheSame(as other: OperatorCost) -> Bool {
    var (a, b) = (self, other)
    b.index = a.index
    if stride.isEmpty {
      for shape in [\OperatorCost.input, \.output] {
        a[keyPath: shape].removeAll { $0 == 1 }
        b[keyPath: shape].removeAll { $0 == 1 }
      }
    }
    return a == b
  }
}

extension ModelCost {
  /// What a bundled model is called in whose place a file came.
  static let setAsideSuffix = " (bundled)"

  package var isSetAside: Bool { model.hasSuffix(Self.setAsideSuffix) }

  /// The operators that cost something: converters add a RESHAPE or leave it out, and no kernel of it
  /// computes anything.
  private var counted: [OperatorCost] { operators.filter { $0.kind != "RESHAPE" } }

  /// How the operators of `other` differ from these, in words; nil where they cost the same.
  public func difference(from other: ModelCost) -> String? {
    let (mine, others) = (counted, other.counted)
    for (a, b) in zip(mine, others) where !a.costsTheSame(as: b) {
      let place = "operator \(a.index) is \(a.words)"
      return "\(place), not \(b.words)"
    }
    guard mine.count != others.count else { return nil }
    return "it has \(mine.count) operators, not \(others.count) (RESHAPE not counted)"
  }
}

extension OperatorCost {
  /// "CONV_2D 1x32x32x3 to 1x32x32x16, 432 bytes of weights".
  fileprivate var words: String {
    func shape(_ sizes: [Int]) -> String {
      sizes.isEmpty ? "a scalar" : sizes.prefix(8).map(String.init).joined(separator: "x")
    }
    var parts = ["\(kind) \(shape(input)) to \(shape(output))"]
    if weightBytes > 0 { parts.append("\(weightBytes) bytes of weights") }
    if constantBytes > 0 { parts.append("\(constantBytes) of other constants") }
    if let padding { parts.append("padding \(padding)") }
    if !stride.isEmpty { parts.append("stride \(shape(stride))") }
    return parts.joined(separator: ", ")
  }
}

/// What adding a model did.
public enum ModelAddition: Sendable, Equatable {
  /// There was none of that name and dtype.
  case new
  /// There was one with the same operators, which stays as it is.
  case same
  /// There was one with other operators, which is set aside; `dtypes` are all that were.
  case replaced(difference: String, dtypes: [Dtype])
}

/// A bundled model that was set aside.
package struct SetAsideModel: Sendable, Equatable {
  /// What it was called, now the name of another graph.
  package var model: String
  /// `int8` or `fp32`.
  package var dtype: Dtype
  /// What it is called now.
  package var name: String
}

extension ReferenceData {
  /// Adds the costs of models that the tables do not have, each with its source; at most one of a name
  /// and dtype.
  ///
  /// Where the tables have a model of that name and dtype with other operators, everything that is known
  /// of that graph (costs, instruction counts, file sizes, published times) is set aside under another
  /// name: it still calibrates the machine model, and is applied to no run of the logs. So is the graph
  /// of the other dtype if it has another number of MACs and is not added itself: it is another network.
  public mutating func add(_ models: [(cost: ModelCost, source: Source)]) -> [ModelAddition] {
    let differences = models.map { added in
      cost(model: added.cost.model, dtype: added.cost.dtype).map {
        added.cost.difference(from: $0)
      }
    }
    var result: [ModelAddition] = []
    for (added, found) in zip(models, differences) {
      let (model, dtype) = (added.cost.model, added.cost.dtype)
      guard let found else {
        result.append(.new)
        continue
      }
      guard let difference = found else {
        result.append(.same)
        continue
      }
      let others = costs.filter { other in
        other.model == model && other.dtype != dtype && other.macs != added.cost.macs
          && !models.contains { $0.cost.model == model && $0.cost.dtype == other.dtype }
      }.map(\.dtype)
      for each in [dtype] + others { setAside(model: model, dtype: each) }
      result.append(.replaced(difference: difference, dtypes: ([dtype] + others).sorted()))
    }
    for (added, outcome) in zip(models, result) where outcome != .same {
      costs.append(added.cost)
      sources[added.source.key] = added.source
    }
    return result
  }

  private mutating func setAside(model: String, dtype: Dtype) {
    let name = model + ModelCost.setAsideSuffix
    for i in costs.indices where costs[i].model == model && costs[i].dtype == dtype {
      costs[i].model = name
    }
    for i in instructions.indices
    where instructions[i].model == model && instructions[i].dtype == dtype {
      instructions[i].model = name
    }
    for i in modelFiles.indices where modelFiles[i].model == model && modelFiles[i].dtype == dtype {
      modelFiles[i].model = name
    }
    setAside.append(SetAsideModel(model: model, dtype: dtype, name: name))
  }
}
