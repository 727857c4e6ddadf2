import Models
import Support
import Testing

/// Remarks of one rule are one remark.
@Test func remarksAreCountedByRule() {
  var remarks = Remarks()
  for (rule, message) in [("b", "first"), ("a", "other"), ("b", "second")] {
    remarks.add(Diagnostic(rule, message, remedy: "None."))
  }
  #expect(remarks.all.map(\.message) == ["first (2 times)", "other"])
  #expect(remarks.all.map(\.severity) == [.note, .note])
}
