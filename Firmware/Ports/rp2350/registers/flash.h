// The flash's serial interface, QMI (DS 12.14), as the boot ROM left it: read, decoded, and its clock
// divided otherwise. Nothing else of it is changed.
#pragma once
#include <stdint.h>

/// Start of the flash: through the cache, and past it (DS 4.4).
enum { flash_cached = 0x10000000, flash_uncached = 0x14000000 };

struct flash_state {
  /// M0_TIMING, M0_RFMT and M0_RCMD.
  uint32_t timing, format, command;
  /// Data lines of a read: 1, 2 or 4.
  uint32_t width;
  /// Cycles of clk_sys for one of SCK.
  uint32_t divisor;
};

struct flash_state flash_read_state(void);

/// SCK becomes clk_sys / `divisor`; 0 when done, -1 where that is out of range.
int flash_set_divisor(uint32_t divisor);

/// Manufacturer, type and capacity (JEDEC's command 9Fh) in the low 24 bits; 0 where reads have no
/// command in front of them, as the flash would then take 9Fh for an address. For the start of the
/// program: the other core and DMA must not read flash meanwhile.
uint32_t flash_read_jedec(void);
