#if !hasFeature(Embedded)
/// A board: what people call it, and what an image for it must fit into. The list is `data/boards.csv`.
public struct Board: Hashable, Sendable {
  /// As in `data/machines` and in logs.
  public let id: String
  /// Its microcontroller, as in `rp2350`.
  public let mcu: String
  /// The port of the firmware that runs on it, a folder of `Firmware/Ports`; nil where there is none.
  public let port: String?
  /// Of its flash chip; 0 where there is no port.
  public let flashBytes: UInt32
  /// What it is called in names of files, letters and digits alone.
  let names: [String]
  /// What it may be called in settings beside that.
  let settings: [String]

  /// The board that the name of a file or folder holds; the first of the list that fits.
  public static func inFileName(_ name: String) -> Board? {
    let squeezed = squeezed(name)
    return all.first { $0.names.contains { squeezed.contains($0) } }
  }

  /// The board that a user means by `name`, however it is written: `Nucleo-U575ZI-Q`.
  public static func named(_ name: String) -> Board? {
    let squeezed = squeezed(name)
    return all.first { board in
      Self.squeezed(board.id) == squeezed || (board.names + board.settings).contains(squeezed)
    }
  }

  /// Letters and digits alone, in lower case.
  public static func squeezed(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
#endif
