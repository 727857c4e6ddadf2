/// Numbers as the sentences of diagnostics and observations show them.
extension UInt64 {
  /// "2,794,967,296".
  var grouped: String {
    var text = ""
    for (i, digit) in String(self).reversed().enumerated() {
      if i > 0, i.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}

extension Double {
  /// "22 times", "2.196 times".
  var timesWords: String {
    self >= 10
      ? "\(Int(Swift.min(self, 1e15).rounded())) times" : "\((self * 1000).rounded() / 1000) times"
  }
}
