/// ST's words for operators, as TFLite names where they say the same.
enum STKind {
  private static let codes: [(StaticString, String)] = [
    ("10004/", "CONV_2D"), ("10005/", "FULLY_CONNECTED"), ("10011/", "CONV_2D"),
    ("10014/", "SOFTMAX"),
  ]

  private static let words: [String: String] = [
    "conv2d": "CONV_2D", "2d convolutional": "CONV_2D", "depthwiseconv2d": "DEPTHWISE_CONV_2D",
    "depthwise conv2d": "DEPTHWISE_CONV_2D", "dense": "FULLY_CONNECTED", "softmax": "SOFTMAX",
    "nonlinearity (relu)": "RELU", "nonlinearity (relu6)": "RELU6",
    "nonlinearity (tanh)": "TANH", "nonlinearity (sigmoid)": "LOGISTIC",
    "nonlinearity (softmax)": "SOFTMAX", "pool_max": "MAX_POOL_2D", "pool_ave": "AVERAGE_POOL_2D",
    "pool_avg": "AVERAGE_POOL_2D", "pool_average": "AVERAGE_POOL_2D",
    "merged conv2d / pool": "CONV_2D",
  ]

  /// The kind that `text` stands for: `10005/(Dense)`, `Conv2D (0x103) - Conv2D`, `Dense`. ST's own
  /// word where TFLite has no single one.
  static func tflite(_ text: String) -> String {
    for (code, kind) in codes where text.hasPrefix("\(code)") { return kind }
    let word = specific(text)
    return words[word.lowercased()] ?? word
  }

  /// The most specific part of a description.
  private static func specific(_ text: String) -> String {
    if let slash = text.firstIndex(of: "/"), text[..<slash].allSatisfy(\.isNumber),
      text[text.index(after: slash)...].hasPrefix("("), text.hasSuffix(")")
    {
      return String(text[text.index(slash, offsetBy: 2)...].dropLast())
    }
    var words = text.split(separator: " ", omittingEmptySubsequences: true)
    if let dash = words.lastIndex(of: "-"), dash + 1 < words.count {
      words = Array(words[(dash + 1)...])
    }
    words.removeAll { $0.hasPrefix("(0x") }
    return words.isEmpty ? text : words.joined(separator: " ")
  }
}
