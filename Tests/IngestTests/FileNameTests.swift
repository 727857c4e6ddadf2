import Testing

@testable import Ingest

private func said(_ path: String) -> String {
  FileNameConfiguration.read(path: path).map { "\($0.0.rawValue)=\($0.1)" }.sorted()
    .joined(separator: " ")
}

@Test(arguments: [
  (
    "rp2350plus_ad_int8_flash.txt",
    "board=waveshare_rp2350_plus_16mb dtype=int8 mcu=rp2350 model=ad weights=flash"
  ),
  ("logs/pico2-kws-fp32-sram.log.gz", "board=pico2 dtype=fp32 mcu=rp2350 model=kws weights=sram"),
  (
    "NUCLEO_U575ZI_Q_60MHz/sww/energy/results.txt",
    "board=nucleo_u575zi_q clock=60000000 mcu=stm32u575 model=sww"
  ),
  ("nucleo-l4r5zi/ic01.txt", "board=nucleo_l4r5zi mcu=stm32l4r5 model=ic"),
  ("cnn_l4_c8_k5_m4915200_int8.txt", "dtype=int8 model=cnn_l4_c8_k5_m4915200"),
  ("fc_l2_w64_p32_m8192.txt", "model=fc_l2_w64_p32_m8192"),
  ("cnn4224000.txt", "model=cnn_l4_c8_k5_m4915200"), ("cnn4224001.txt", ""),
  ("fc_l2_w64_m4096.txt", "model=fc_l2_w64_m4096"),
  ("vww_float_xip_133.5MHz.txt", "clock=133500000 dtype=fp32 model=vww weights=flash"),
  ("int8/flash/capture.txt", ""),
  ("flash_sram.txt", "weights=flash"),
  ("C:\\logs\\pico2_ad.txt", "board=pico2 mcu=rp2350 model=ad"),
  ("adapter.txt", ""), ("cnn_notes.txt", ""), ("MHz.txt", ""), ("-", ""), ("", ""), ("/", ""),
  (".hidden", ""),
])
func namesSay(path: String, words: String) { #expect(said(path) == words) }

/// A checkout of this project has a board's name in its own; that says nothing about a log in it.
@Test func checkoutFolderIsNoBoard() {
  #expect(said("src/pico2-benchmark/logs/ad.txt") == "model=ad")
  #expect(said("pico2-benchmark-main/captures/pico2_ad.txt") == "board=pico2 mcu=rp2350 model=ad")
}

@Test func stems() {
  #expect(FileNameConfiguration.stem(of: "a.b.txt") == "a.b")
  #expect(FileNameConfiguration.stem(of: "a.txt.GZ") == "a")
  #expect(FileNameConfiguration.stem(of: "a.gz") == "a")
  #expect(FileNameConfiguration.stem(of: ".x") == ".x")
}

@Test func sidecarPaths() {
  #expect(Sidecar.path(for: "logs/a.txt") == "logs/a.toml")
  #expect(Sidecar.path(for: "logs/a.txt.gz") == "logs/a.toml")
  #expect(Sidecar.path(for: "logs.d/a") == "logs.d/a.toml")
  #expect(Sidecar.path(for: "logs/.a") == "logs/.a.toml")
  #expect(Sidecar.path(for: "-") == nil)
}
