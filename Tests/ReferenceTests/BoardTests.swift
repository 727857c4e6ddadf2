import Core
import TestSupport
import Testing

@testable import Reference

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One list of boards, `data/boards.csv`: what CONTRIBUTING says of a new board.
@Suite struct BoardTests {
  @Test func programsHoldTheTable() throws {
    let text = String(decoding: try Checkout.bytes("data/boards.csv"), as: UTF8.self)
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.first == ["board", "mcu", "port", "flash_bytes", "names", "settings"])
    let boards = Board.all.map {
      [$0.id, $0.mcu, $0.port ?? "", $0.flashBytes == 0 ? "" : String($0.flashBytes)]
    }
    #expect(boards == rows.dropFirst().map { Array($0.prefix(4)) }, "run Scripts/embed")
    for (board, row) in zip(Board.all, rows.dropFirst()) {
      for name in (row[4] + " " + row[5]).split(separator: " ") {
        #expect(Board.named(String(name)) == board)
      }
      for name in row[4].split(separator: " ") {
        #expect(Board.inFileName("log-\(name)_2.txt") == board)
      }
    }
  }

  @Test func everyDescribedBoardIsListed() throws {
    for machine in try ReferenceData.bundled().machines where machine.mcu != "cortex-m33" {
      #expect(Board.named(machine.id)?.mcu == machine.mcu)
    }
  }

  @Test func everyBoardWithAPortIsDescribedAndHasIt() throws {
    let data = try ReferenceData.bundled()
    for board in Board.all where board.port != nil {
      #expect(data.machine(board.id) != nil, "data/machines/\(board.id).toml is missing")
      let script = Checkout.path("Firmware/Ports/\(board.port ?? "")/port.sh")
      #expect(FileManager.default.fileExists(atPath: script))
      #expect(board.flashBytes >= 1 << 20)
    }
  }

  @Test func everyPublishedBoardIsListed() throws {
    let table = try Rows("published-results.csv")
    for row in table.rows {
      let board = try table.text(row, "board")
      #expect(Board.named(board)?.id == board)
    }
  }

  @Test(arguments: [
    ("Nucleo-U575ZI-Q", "nucleo_u575zi_q"), ("rp2350-plus", "waveshare_rp2350_plus_16mb"),
    ("Raspberry Pi Pico 2", "pico2"), ("waveshare", "waveshare_rp2350_plus_16mb"),
  ]) func spellings(name: String, board: String) {
    #expect(Board.named(name)?.id == board)
  }

  @Test func aMakerAloneIsNoBoardInAFileName() {
    // Waveshare makes many.
    #expect(Board.inFileName("waveshare_log.txt") == nil && Board.named("pico") == nil)
  }
}
