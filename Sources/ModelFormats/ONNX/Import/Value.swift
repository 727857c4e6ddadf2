import Models

/// What a name in the file stands for.
enum Value {
  /// A float32 tensor that is computed or given: its position in the draft.
  case computed(Int)
  /// A float32 constant.
  case floats(Tensor)
  /// An integer constant, as shapes and axes are.
  case integers([Int], shape: [Int])
  /// Something that no operator here can read, and why.
  case unusable(String)
}

/// Names a constant in one of its forms, as in transposed.
struct ConstantKey: Hashable {
  var name: String
  var form: String
}
