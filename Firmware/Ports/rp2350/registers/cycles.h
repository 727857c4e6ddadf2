// Cycles of clk_sys, by the core's own counter (DWT, Armv8-M Architecture Reference Manual D1.2).
// Each core has one; these functions are for the core that started it.
#pragma once
#include <stdint.h>

/// 0 when the counter counts.
int cycles_start(void);
/// Since the start. The counter wraps every 2^32 cycles, 28.6 s at 150 MHz: call it more often.
uint64_t cycles_now(void);
