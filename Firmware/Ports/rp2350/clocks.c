#include "clocks.h"
#include "pll.h"
#include "registers/registers.h"
#include "resets.h"

// DS 8.1.7.
#define CLK_REF_CTRL 0x40010030u
#define CLK_REF_DIV 0x40010034u
#define CLK_REF_SELECTED 0x40010038u
#define CLK_SYS_CTRL 0x4001003cu
#define CLK_SYS_DIV 0x40010040u
#define CLK_SYS_SELECTED 0x40010044u
#define CLK_PERI_CTRL 0x40010048u
#define CLK_PERI_DIV 0x4001004cu
#define CLK_SYS_RESUS_CTRL 0x40010084u
// DS 8.2.8.
#define XOSC_CTRL 0x40048000u
#define XOSC_STATUS 0x40048004u
#define XOSC_STARTUP 0x4004800cu
// DS 8.6.5.
#define PLL_SYS_CS 0x40050000u
#define PLL_SYS_PWR 0x40050004u
#define PLL_SYS_FBDIV 0x40050008u
#define PLL_SYS_PRIM 0x4005000cu

enum {
  crystal_range_1_to_15_mhz = 0xaa0,
  crystal_enable = 0xfab << 12,
  // Units of 256 cycles of the crystal: 6 ms.
  crystal_delay = 6 * (clocks_crystal_hz / 1000) / 256 + 1,
  undivided = 1 << 16,
  reference_from_crystal = 2,
  system_from_auxiliary = 1,
  auxiliary = 7 << 5,
  peripheral_from_crystal = 4 << 5,
  peripheral_enable = 1 << 11,
  pll_power_down = 1 << 0,
  pll_dividers_power_down = 1 << 3,
  pll_vco_power_down = 1 << 5,
};
#define STABLE (1u << 31)
#define LOCKED (1u << 31)

static uint32_t system_hz;

// The glitchless selector of clk_sys: first away from the PLL, whatever it does then.
static void system_from_reference(void) {
  CLEAR(CLK_SYS_CTRL) = system_from_auxiliary;
  while (REGISTER(CLK_SYS_SELECTED) != 1) {
  }
}

static void system_from_pll(const struct pll_setting *setting) {
  system_from_reference();
  reset_cycle(reset_pll_sys);
  REGISTER(PLL_SYS_CS) = setting->reference;
  REGISTER(PLL_SYS_FBDIV) = setting->feedback;
  CLEAR(PLL_SYS_PWR) = pll_power_down | pll_vco_power_down;
  while (!(REGISTER(PLL_SYS_CS) & LOCKED)) {
  }
  REGISTER(PLL_SYS_PRIM) = setting->first << 16 | setting->second << 12;
  CLEAR(PLL_SYS_PWR) = pll_dividers_power_down;
  // PLL_SYS is auxiliary source 0.
  CLEAR(CLK_SYS_CTRL) = auxiliary;
  SET(CLK_SYS_CTRL) = system_from_auxiliary;
  while (REGISTER(CLK_SYS_SELECTED) != 1u << system_from_auxiliary) {
  }
}

int clocks_set(uint32_t hz) {
  struct pll_setting setting;
  if (hz > clocks_usual_hz || pll_find(clocks_crystal_hz, hz, &setting) != 0) return -1;
  system_from_pll(&setting);
  system_hz = hz;
  return 0;
}

uint32_t clocks_hz(void) { return system_hz; }

void clocks_start(void) {
  REGISTER(CLK_SYS_RESUS_CTRL) = 0;
  REGISTER(XOSC_CTRL) = crystal_range_1_to_15_mhz;
  REGISTER(XOSC_STARTUP) = crystal_delay;
  SET(XOSC_CTRL) = crystal_enable;
  while (!(REGISTER(XOSC_STATUS) & STABLE)) {
  }
  system_from_reference();
  REGISTER(CLK_REF_CTRL) = reference_from_crystal;
  while (REGISTER(CLK_REF_SELECTED) != 1u << reference_from_crystal) {
  }
  REGISTER(CLK_REF_DIV) = undivided;
  REGISTER(CLK_SYS_DIV) = undivided;
  clocks_set(clocks_usual_hz);
  // From the crystal, so that the console keeps its rate whatever clk_sys is.
  REGISTER(CLK_PERI_CTRL) = 0;
  REGISTER(CLK_PERI_DIV) = undivided;
  // The old source stops within three of its cycles (DS 8.1.2.3): so many of 12 MHz, and more.
  for (int cycle = 0; cycle < 64; cycle++) __asm__ volatile("nop");
  REGISTER(CLK_PERI_CTRL) = peripheral_from_crystal;
  REGISTER(CLK_PERI_CTRL) = peripheral_from_crystal | peripheral_enable;
}
