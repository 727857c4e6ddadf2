// Made by Scripts/embed from data/boards.csv; change that.
// swift-format-ignore-file

#if !hasFeature(Embedded)
extension Board {
  /// All boards, in the order of the table.
  public static let all = [
    Board(id: "pico2", mcu: "rp2350", port: "rp2350", flashBytes: 4194304, names: ["pico2"], settings: ["raspberrypipico2"]),
    Board(id: "waveshare_rp2350_plus_16mb", mcu: "rp2350", port: "rp2350", flashBytes: 16777216, names: ["rp2350plus", "wavesharerp2350"], settings: ["waveshare"]),
    Board(id: "nucleo_u575zi_q", mcu: "stm32u575", port: nil, flashBytes: 0, names: ["nucleou575ziq"], settings: []),
    Board(id: "nucleo_l4r5zi", mcu: "stm32l4r5", port: nil, flashBytes: 0, names: ["nucleol4r5zi"], settings: []),
    Board(id: "nucleo_h7a3zi_q", mcu: "stm32h7a3", port: nil, flashBytes: 0, names: ["nucleoh7a3ziq"], settings: []),
    Board(id: "ek_ra6m4", mcu: "r7fa6m4", port: nil, flashBytes: 0, names: ["ekra6m4"], settings: []),
    Board(id: "xg24_dk2601b", mcu: "efr32mg24", port: nil, flashBytes: 0, names: ["xg24dk2601b"], settings: []),
  ]
}
#endif
