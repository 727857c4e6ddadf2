import Models
import Support

/// The calls that the outputs need, each after those that it is given.
enum CallOrder {
  /// Positions in `layers`, of the layer and of its call.
  struct Call: Hashable {
    let layer: Int
    let call: Int
  }

  /// In the order of the configuration as far as connections allow.
  static func calls(of model: KerasModel) throws(Diagnostic) -> [Call] {
    let places = Dictionary(
      model.layers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    func call(_ reference: KerasReference) throws(Diagnostic) -> Call {
      let layer = places[reference.layer]
      // Calls of a model are numbered from 1, its own tensors being call 0.
      if let layer, KerasOperation.models.contains(model.layers[layer].className) {
        throw KerasOperation.nested(
          LayerConfig(
            name: model.layers[layer].name, className: model.layers[layer].className, json: .null))
      }
      guard let layer, model.layers[layer].calls.indices.contains(reference.call)
      else {
        throw KerasModel.broken(
          "call \(reference.call) of layer `\(printable(reference.layer))` is referred to; there is "
            + "none")
      }
      return Call(layer: layer, call: reference.call)
    }
    func inputs(_ call: Call) -> [KerasReference] { model.layers[call.layer].calls[call.call] }

    var needed: Set<Call> = []
    var waiting: [Call] = []
    for reference in model.outputs { waiting.append(try call(reference)) }
    while let next = waiting.popLast() {
      guard needed.insert(next).inserted else { continue }
      for reference in inputs(next) { waiting.append(try call(reference)) }
    }

    var result: [Call] = []
    var done: Set<Call> = []
    var begun: Set<Call> = []
    for root in needed.sorted(by: { ($0.layer, $0.call) < ($1.layer, $1.call) }) {
      var stack = [root]
      while let top = stack.last {
        if done.contains(top) {
          stack.removeLast()
        } else if begun.insert(top).inserted {
          for reference in inputs(top).reversed() {
            let before = try call(reference)
            guard !begun.contains(before) || done.contains(before) else {
              throw KerasModel.broken(
                "layer `\(printable(reference.layer))` is given what is computed from its own output"
              )
            }
            if !done.contains(before) { stack.append(before) }
          }
        } else {
          stack.removeLast()
          done.insert(top)
          result.append(top)
        }
      }
    }
    return result
  }
}
