// Resets of single blocks (DS 7.5).
#pragma once
#include "registers/registers.h"

enum {
  reset_dma = 1u << 2,
  reset_io_bank0 = 1u << 6,
  reset_pads_bank0 = 1u << 9,
  reset_pll_sys = 1u << 14,
  reset_uart0 = 1u << 26,
};
#define RESETS_RESET 0x40020000u
#define RESETS_RESET_DONE 0x40020008u

static inline void reset_cycle(uint32_t blocks) {
  SET(RESETS_RESET) = blocks;
  CLEAR(RESETS_RESET) = blocks;
  while ((REGISTER(RESETS_RESET_DONE) & blocks) != blocks) {
  }
}
