import Testing

@testable import Support

@Suite struct FormatTests {
  @Test func significantFiguresRoundAndCarry() {
    #expect(Format.significant(1.05, digits: 4) == "1.050")
    #expect(Format.significant(9.9996, digits: 4) == "10.00")
    #expect(Format.significant(9.9994, digits: 4) == "9.999")
    #expect(Format.significant(0.99996, digits: 4) == "1.000")
    #expect(Format.significant(999.96, digits: 4) == "1000")
    #expect(Format.significant(-9.9996, digits: 4) == "−10.00")
    #expect(Format.significant(123_456, digits: 3) == "123456")
    #expect(Format.significant(0.00123456, digits: 3) == "0.00123")
  }

  @Test func powersOfTenKeepTheirFigures() {
    for exponent in -3...9 {
      let power = (0..<abs(exponent)).reduce(1.0) { value, _ in
        exponent < 0 ? value / 10 : value * 10
      }
      for value in [power.nextDown, power, power.nextUp] {
        let text = Format.significant(value, digits: 4)
        #expect(Double(text).map { abs($0 / power - 1) < 1e-9 } == true, "\(value): \(text)")
        let places = text.split(separator: ".").dropFirst().first?.count ?? 0
        #expect(places == max(0, 3 - exponent), "\(value): \(text)")
      }
    }
  }

  @Test func exponentsBeginAtTheBounds() {
    #expect(Format.number(1e-4) == "0.0001")
    #expect(Format.number((1e-4).nextDown) == "0.0001")
    #expect(Format.number(0.99994e-4) == "9.999e-05")
    #expect(Format.number(1e15) == "1.000e+15")
    #expect(Format.number((1e15).nextDown) == "1.000e+15")
    #expect(Format.number(0.99994e15) == "999940000000000")
    #expect(Format.number(-2e-5, digits: 2) == "−2.0e-05")
  }

  @Test func zerosAreCutOff() {
    #expect(Format.number(1.5) == "1.5")
    #expect(Format.number(1) == "1")
    #expect(Format.number(100) == "100")
    #expect(Format.number(0) == "0")
    #expect(Format.number(-0.0) == "0")
  }

  @Test func whatIsNoNumberIsWords() {
    for text in [
      Format.number(.infinity), Format.ratio(.infinity), Format.fixed(.infinity, places: 2),
    ] {
      #expect(text == "∞")
    }
    #expect(Format.number(-.infinity) == "−∞")
    #expect(Format.milliseconds(.infinity) == "∞")
    #expect(Format.whole(.infinity) == "∞")
    #expect(Format.whole(.nan) == "not a number")
    #expect(Format.number(.nan) == "not a number")
    #expect(Format.seconds(.infinity) == "∞ s")
  }

  @Test func ratios() {
    #expect(Format.ratio(18.367) == "18.37")
    #expect(Format.ratio(0.98437) == "0.984")
    #expect(Format.ratio(1) == "1.000")
    #expect(Format.ratio(1.0494) == "1.049")
    #expect(Format.ratio(1.05.nextDown) == "1.05")
    #expect(Format.ratio(1.05) == "1.05")
    #expect(Format.ratio(1.0.nextDown) == "1.000")
    #expect(Format.ratio(0.9994) == "0.999")
    #expect(Format.ratio(1000) == "1000")
    #expect(Format.ratio(1000.0.nextDown) == "1000")
    #expect(Format.ratio(999.99) == "999.99")
    #expect(Format.ratio(-1.5) == "−1.50")
    #expect(Format.ratio(1234.5) == "1234" || Format.ratio(1234.5) == "1235")
    #expect(Format.ratio(0) == "0")
    #expect(Format.factor(16.0 / 15, isExact: true) == "1.0667")
    #expect(Format.factor(3.73307) == "3.733")
  }

  @Test func secondsTakeTheUnitThatSuits() {
    #expect(Format.seconds(0.05895) == "58.95 ms")
    #expect(Format.seconds(1.70993) == "1709.93 ms")
    #expect(Format.seconds(0.000217) == "217 µs")
    #expect(Format.seconds(4.6e-6) == "4.6 µs")
    #expect(Format.seconds(12.34567) == "12.35 s")
    #expect(Format.seconds(0) == "0 ns")
    #expect(Format.seconds(-0.05895) == "−58.95 ms")
    #expect(Format.seconds(0.0014567, digits: 3) == "1.46 ms")
    #expect(Format.seconds(0.1) == "100 ms")
    #expect(Format.seconds((0.1).nextDown) == "100 ms")
    #expect(Format.seconds(10) == "10 s")
    #expect(Format.seconds((10.0).nextDown) == "10 s")
    #expect(Format.seconds(1e-3) == "1 ms")
    #expect(Format.seconds((1e-3).nextDown) == "1 ms")
    #expect(Format.seconds(1e-6) == "1 µs")
    #expect(Format.seconds((1e-6).nextDown) == "1 µs")
  }

  @Test func columnsOfMilliseconds() {
    #expect(Format.milliseconds(0.000252) == "0.2520")
    #expect(Format.milliseconds(0.05895) == "58.950")
    #expect(Format.milliseconds(0.05895, resolution: 1e-5) == "58.95")
    #expect(Format.milliseconds(0.0478, resolution: 1e-5) == "47.80")
    #expect(Format.milliseconds(2.52e-4, resolution: 1e-6) == "0.252")
    #expect(Format.milliseconds(0.0515421, resolution: 1e-9) == "51.542")
    #expect(Format.milliseconds(0.06, resolution: 1e-3) == "60")
    #expect(Format.milliseconds(1.70993) == "1709.93")
    #expect(Format.milliseconds(0.001) == "1.000")
    #expect(Format.milliseconds((0.001).nextDown) == "1.000")
    #expect(Format.milliseconds((1.0).nextDown) == "1000.00")
    #expect(Format.milliseconds(0) == "0.0000")
  }

  @Test func wholeNumbersAreGrouped() {
    #expect(Format.whole(8_842_500.4) == "8,842,500")
    #expect(Format.whole(-1234.5) == "−1,235" || Format.whole(-1234.5) == "−1,234")
    #expect(Format.whole(999) == "999")
    #expect(Format.whole(1e16) == "1.000e+16")
    #expect(Format.grouped(UInt64.max) == "18,446,744,073,709,551,615")
    #expect(Format.grouped(Int64.min) == "−9,223,372,036,854,775,808")
    #expect(Format.grouped(-100) == "−100")
    #expect(Format.grouped(0) == "0" && Format.grouped(999) == "999")
    #expect(Format.grouped(1000) == "1,000" && Format.grouped(12_501_632) == "12,501,632")
  }

  @Test func hexadecimalNumbersHaveAllDigits() {
    #expect(Format.hex(0xAB as UInt32) == "000000ab" && Format.hex(UInt32.max) == "ffffffff")
    #expect(Format.hex(1 as UInt64) == "0000000000000001" && Format.hex(0 as UInt8) == "00")
    #expect(Format.address(0x1000_0000) == "0x10000000")
  }

  @Test func bandwidths() {
    #expect(Format.bandwidth(25e6) == "25.0 MB/s")
    #expect(Format.bandwidth(1e6) == "1.00 MB/s")
    #expect(Format.bandwidth((1e6).nextDown) == "1.00 MB/s")
    #expect(Format.bandwidth(4200) == "4.20 kB/s")
    #expect(Format.bandwidth(0.9994e9) == "999 MB/s")
    #expect(Format.bandwidth((1e9).nextDown) == "1.00 GB/s")
    #expect(Format.bandwidth(0) == "0 kB/s")
  }

  @Test func theWidestNumberFits() {
    let text = Format.fixed(.greatestFiniteMagnitude, places: 99)
    #expect(text.count == 309 + 1 + 20)
    #expect(text.hasPrefix("-") == false)
    #expect(Format.fixed(-1.5, places: 0) == "−2")
    #expect(Format.fixed(0.05, places: 1) == "0.1" && Format.fixed(-0.04, places: 1) == "0.0")
  }

  @Test func sizesOfMemory() {
    #expect(Format.kibibytes(16_179) == "15.8 KiB")
    #expect(Format.kibibytes(16_179, hasUnit: false) == "15.8")
    #expect(Format.capacity(24_576, digits: 3, hasUnit: false) == "24")
    #expect(Format.capacity(16_384) == "16 KiB" && Format.capacity(1_048_576) == "1024 KiB")
  }

  @Test func shares() {
    #expect(Format.percent(0.0086) == "0.86 %" && Format.percent(0.12) == "12 %")
    #expect(Format.times(22.4) == "22 times" && Format.times(2.1964) == "2.196 times")
    #expect(Format.times(9.9994) == "9.999 times" && Format.times(9.9996) == "10 times")
    #expect(Format.confidence(0.95) == "95 %")
    #expect(Format.confidence(0.999) == "99.9 %")
    #expect(Format.confidence(0.6827) == "68.27 %")
    #expect(Format.confidence(0.99999999) == "99.999999 %")
    #expect(Format.confidence((1.0).nextDown) != "100 %")
  }

  @Test(arguments: [
    (5, "5"), (-0.5, "-0.5"), (0.1, "0.1"), (1e15, "1000000000000000"), (1e17, "1e+17"),
    (.infinity, "inf"),
  ])
  func shortest(_ value: Double, _ text: String) { #expect(Format.shortest(value) == text) }

  @Test func atMostSomeDecimals() {
    #expect(Format.rounded(2.5, places: 3) == "2.5" && Format.rounded(2.9996, places: 3) == "3")
    #expect(Format.rounded(11.34, places: 1) == "11.3" && Format.rounded(100, places: 1) == "100")
  }

  @Test func lists() {
    #expect(listed([]) == "")
    #expect(listed(["a"]) == "a")
    #expect(listed(["a", "b"]) == "a and b")
    #expect(listed(["a", "b", "c"]) == "a, b and c")
    #expect(counted(1, "run") == "1 run")
    #expect(counted(0, "run") == "0 runs")
    #expect(counted(1234, "run") == "1234 runs")
    #expect(counted(1234, "run", grouped: true) == "1,234 runs")
    #expect(plural("bin", 1) == "bin" && plural("bin", 2) == "bins")
  }
}
