import Models
import Support

/// Where trained arrays come from.
protocol WeightSource {
  /// The arrays of a layer by role, as in `kernel`; empty where it has none.
  func arrays(of layer: String) throws(Diagnostic) -> [String: WeightArray]
}
