import ArgumentParser
import CommandLineSupport
import Core
import FirmwareImage
import Inspection
import Models
import Notebook
import Support

/// Says what an image of the firmware takes and whether RP2350 starts it, and writes what is copied onto
/// a board.
struct ImageCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "image",
    abstract: "Check an ELF file by the rules of RP2350 images, and write a UF2 file.",
    discussion: """
      The rules are those of the RP2350 data sheet: vector table, image definition, block loop, load \
      addresses, size of the board's flash. Every rule that is broken is said, with the address; then \
      no UF2 file is written and the exit status is 1.

      EXAMPLES
        modelgen image firmware.elf
        modelgen image firmware.elf --uf2 firmware.uf2
        modelgen image firmware.elf --board waveshare_rp2350_plus_16mb --format csv
      """)

  @Argument(help: "What the linker wrote.", completion: .file())
  var file: String

  @Option(
    name: .customLong("uf2"),
    help: ArgumentHelp("File to copy to the drive that the board shows.", valueName: "file"),
    completion: .file())
  var uf2: String?

  @Option(help: ArgumentHelp("Whose flash it must fit into.", valueName: "board"))
  var board = BoardName.all[0]

  @Option(help: ArgumentHelp("Form of the tables on standard output.", valueName: "form"))
  var format: TableFormat = .text

  func run(on console: inout Console) throws -> Int32 {
    if let uf2 { try Results.protect([file], from: [uf2]) }
    return try GeneratedOutput.reporting(on: &console) { console in
      let image = try read()
      let document = ExecutedNotebook(
        title: "Image", blocks: [.table(totals(of: image)), .table(sections(of: image))])
      console.out += format.text(document, environment: console.environment)
      let broken = ImageRules(image, board: board.board).check()
      console.report(broken, of: file)
      guard broken.isEmpty else { return 1 }
      if let uf2 {
        let written = UF2File(image)
        try Results.write(written.bytes, to: uf2)
        console.err += "\(printable(uf2, limit: 60)): \(written.pages.count) pages of 256 bytes\n"
      }
      return 0
    }
  }

  private func read() throws -> ELFFile {
    let bytes = try ModelFile.bytes(path: file, kind: ".elf") {
      bytes throws(Diagnostic) in
      guard !bytes.starts(with: [0x7f, 0x45, 0x4c, 0x46]) else { return }
      throw Diagnostic(
        "elf", "is no ELF file", remedy: "Name the .elf file that the linker wrote.", file: file)
    }
    do throws(Diagnostic) {
      return try ELFFile(bytes)
    } catch {
      throw error.of(file)
    }
  }

  private func totals(of image: ELFFile) -> Table {
    func row(_ name: String, _ flash: UInt64, _ sram: UInt64) -> Table.Row {
      .init([.text(name), .count(flash), .count(sram)])
    }
    let kinds = ELFFile.Section.Kind.allCases.map { kind in
      row(kind.rawValue, kind == .bss ? 0 : image.total(kind), image.totalInSRAM(kind))
    }
    let stored = image.segments.reduce(0 as UInt64) { $0 + UInt64($1.bytes.count) }
    return Table(
      columns: [
        .init(["bytes of"], priority: 1), .init(["in flash"], unit: "B"),
        .init(["in SRAM"], unit: "B"),
      ],
      rows: kinds + [
        row("all", stored, image.totalInSRAM()),
        row(board.board.id, UInt64(board.board.flashBytes), UInt64(Board.sramBytes)),
      ], caption: [.text("Memory of the image and of the board")])
  }

  private func sections(of image: ELFFile) -> Table {
    Table(
      columns: [
        .init(["section"], priority: 1), .init(["kind"]), .init(["address"]),
        .init(["size"], unit: "B"),
      ],
      rows: image.sections.map { section in
        .init([
          .text(printable(section.name, limit: 60)), .text(section.kind.rawValue),
          .text(Format.address(section.address)), .count(section.bytes),
        ])
      }, caption: [.text("Sections")])
  }
}

/// A board that images are for.
struct BoardName: ExpressibleByArgument {
  static let all = Board.withImages.map { BoardName(board: $0) }

  let board: Board

  init(board: Board) { self.board = board }

  init?(argument: String) {
    guard let name = Self.all.first(where: { $0.board.id == argument }) else { return nil }
    self = name
  }

  static let allValueStrings = all.map(\.board.id)
  var defaultValueDescription: String { board.id }
}
