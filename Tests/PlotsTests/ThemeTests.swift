import Testing

@testable import Plots

@Suite struct ThemeTests {
  @Test(arguments: [Theme.light, .dark])
  func `text has a contrast of 4.5 and markers of 3`(theme: Theme) {
    let shaded = theme.page.mixed(with: theme.shade.opacity(1), theme.shade.opacity)
    for page in [theme.page, shaded] {
      #expect(theme.ink.contrast(to: page) >= 4.5)
      #expect(theme.soft.contrast(to: page) >= 4.5)
      for role in Role.allCases {
        #expect(theme.text(role).contrast(to: page) >= 4.5, "\(role)")
      }
    }
    // WCAG 1.4.11; the fourth colour is Okabe and Ito's as it is, and has its own sign inside.
    for role in Role.allCases where role != .fourth && role != .doubtful {
      #expect(theme.colour(role).contrast(to: theme.page) >= 3, "\(role)")
    }
  }

  @Test func `the light theme has the colours of Okabe and Ito`() {
    #expect(Theme.light.colour(.flash) == Colour(0x0072b2))
    #expect(Theme.light.colour(.sram) == Colour(0xd55e00))
    #expect(Theme.light.colour(.nucleo) == Colour(0x009e73))
    #expect(Theme.light.colour(.fourth) == Colour(0xcc79a7))
    #expect(Theme.light.page == Colour(0xfdfdfc))
    #expect(Theme.dark.page == Colour(0x15181b))
  }

  @Test func `roles differ by a sign inside too`() {
    let signs = [Role.flash, .sram, .nucleo, .fourth].map { InnerMark($0) }
    #expect(Set(signs).count == 4)
  }

  @Test(arguments: Layout.allCases) func `no size is below 8 pt`(layout: Layout) {
    let type = Typography.of(layout)
    for style in [type.title, type.axis, type.tick, type.label, type.caption] {
      #expect(style.size >= 8)
    }
  }
}
