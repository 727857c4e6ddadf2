import Models
import Support

/// Finds the array of samples in a .npz file.
enum NpzMember {
  /// The member with that name, else the only one that `fit` accepts. Throws where there is none, or
  /// several.
  static func find(
    in bytes: [UInt8], named wanted: String?, largest: Int = SampleFile.largest,
    fit: (NumberArray) throws(Diagnostic) -> SampleShape
  ) throws(Diagnostic) -> (NumberArray, SampleShape) {
    var archive = NpzArchive(largest: largest)
    var found: [(name: String, array: NumberArray, shape: SampleShape)] = []
    var refusals: [Diagnostic] = []
    var names: [String] = []
    try archive.open(bytes)
    while let member = try archive.next() {
      let name = printable(member.name)
      names.append(name)
      if let wanted {
        guard member.name == wanted || member.name == wanted + ".npy" else { continue }
        let array = try array(archive.contents(of: member), name)
        return (array, try fit(array))
      }
      guard member.name.hasSuffix(".npy") else { continue }
      let array = try array(archive.contents(of: member), name)
      do throws(Diagnostic) {
        found.append((name, array, try fit(array)))
      } catch {
        var refusal = error
        refusal.message = "\(name): \(error.message)"
        refusals.append(refusal)
      }
    }
    if let wanted {
      throw Diagnostic(
        "npz-member", "there is no member '\(wanted)'; there are \(list(names))",
        remedy: "Name one of them as FILE.npz:NAME.")
    }
    if found.count == 1 { return (found[0].array, found[0].shape) }
    if found.count > 1 {
      throw Diagnostic(
        "npz-member", "several members fit: \(list(found.map(\.name)))",
        remedy: "Name one of them as FILE.npz:NAME.")
    }
    if refusals.count == 1, let only = refusals.first { throw only }
    // The remedy of the one that would fit otherwise is worth more than a list.
    if let hint = refusals.first(where: { $0.remedy.contains("layout") }) { throw hint }
    throw Diagnostic(
      "npz-member",
      refusals.isEmpty
        ? "there is no array among the members (\(list(names)))"
        : "no member fits: " + refusals.map(\.message).joined(separator: "; "),
      remedy: "Store an array with the number of samples in front of a sample's shape.")
  }

  private static func array(_ bytes: [UInt8], _ name: String) throws(Diagnostic) -> NumberArray {
    do throws(Diagnostic) {
      return try NpyReader.read(bytes[...])
    } catch {
      var failure = error
      failure.message = "in member '\(name)': \(error.message)"
      throw failure
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty
      ? "none" : names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", ..." : "")
  }
}
