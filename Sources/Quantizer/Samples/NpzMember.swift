import Models
import Support

/// Finds the array of samples in a .npz file.
enum NpzMember {
  /// The member with that name, else the only one that `fit` accepts. Throws where there is none, or
  /// several.
  static func find(
    in archive: ZipReader, named wanted: String?, largest: Int = SampleFile.largest,
    fit: (NumberArray) throws(Diagnostic) -> SampleShape
  ) throws(Diagnostic) -> (NumberArray, SampleShape) {
    let names = archive.members.map { printable($0.name) }
    if let wanted {
      guard
        let member = archive.members.first(where: {
          $0.name == wanted || $0.name == wanted + ".npy"
        })
      else {
        throw Diagnostic(
          "npz-member", "there is no member '\(wanted)'; there are \(list(names))",
          remedy: "Name one of them as FILE.npz:NAME.")
      }
      let array = try read(member, of: archive)
      return (array, try fit(array))
    }
    var found: [(name: String, array: NumberArray, shape: SampleShape)] = []
    var refusals: [Diagnostic] = []
    // Several members may claim the same packed bytes.
    var unpacked = 0
    for member in archive.members where member.name.hasSuffix(".npy") {
      unpacked += member.length
      guard unpacked <= largest else {
        throw Diagnostic(
          "zip-size",
          "the members together have more than \(largest) bytes, the most unpacked",
          remedy: "Name the one with the samples as FILE.npz:NAME, or store fewer samples.",
          place: Place(offset: member.headerOffset))
      }
      let array = try read(member, of: archive)
      do throws(Diagnostic) {
        found.append((printable(member.name), array, try fit(array)))
      } catch {
        var refusal = error
        refusal.message = "\(printable(member.name)): \(error.message)"
        refusals.append(refusal)
      }
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

  private static func read(
    _ member: ZipReader.Member, of archive: ZipReader
  ) throws(Diagnostic) -> NumberArray {
    let bytes = try archive.contents(member)
    do throws(Diagnostic) {
      return try NpyReader.read(bytes[...])
    } catch {
      var failure = error
      failure.message = "in member '\(printable(member.name))': \(error.message)"
      throw failure
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty
      ? "none" : names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", ..." : "")
  }
}
