// clk_ref and clk_peri from the crystal, clk_sys from PLL_SYS (DS 8.1).
#pragma once
#include <stdint.h>

enum { clocks_crystal_hz = 12000000, clocks_usual_hz = 150000000 };

/// Starts the crystal and sets clk_sys to its usual frequency.
void clocks_start(void);
/// -1 where PLL_SYS cannot make `hz`, or it is above what the core's usual voltage is for.
int clocks_set(uint32_t hz);
uint32_t clocks_hz(void);
