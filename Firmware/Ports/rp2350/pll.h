// Settings of PLL_SYS for a frequency (DS 8.6).
#pragma once
#include <stdint.h>

struct pll_setting {
  /// Reference = crystal / `reference`; VCO = reference x `feedback`; output = VCO / `first` / `second`.
  uint32_t reference, feedback, first, second;
};

/// The setting with the fastest VCO, which has the least jitter; -1 where none gives exactly `hz`.
int pll_find(uint32_t crystal_hz, uint32_t hz, struct pll_setting *setting);
