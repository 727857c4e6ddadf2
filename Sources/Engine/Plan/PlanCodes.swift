import Core

/// Words as numbers of the header; 0 stands for none of those that have a number.
extension PlanFormat {
  /// The number of what a model computes with.
  public static func code(_ dtype: Dtype?) -> UInt32 {
    switch dtype {
    case .int8: 1
    case .fp32: 2
    case .int16, .mixed, nil: 0
    }
  }

  /// The number of whether weights are trained.
  public static func code(_ source: WeightsSource?) -> UInt32 {
    switch source {
    case .real: 1
    case .twin: 2
    case nil: 0
    }
  }

  static func dtype(_ code: UInt32) -> Dtype? {
    switch code {
    case 1: .int8
    case 2: .fp32
    default: nil
    }
  }

  static func weightsSource(_ code: UInt32) -> WeightsSource? {
    switch code {
    case 1: .real
    case 2: .twin
    default: nil
    }
  }
}
