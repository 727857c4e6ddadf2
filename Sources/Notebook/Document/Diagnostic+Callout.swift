import Support

extension Diagnostic {
  /// The diagnostic as a box in a document.
  var callout: Block {
    .callout(
      Callout(
        .finding(.error), title: [.text(message)],
        blocks: remedy.isEmpty ? [] : [.paragraph([.text(remedy)])]))
  }
}
