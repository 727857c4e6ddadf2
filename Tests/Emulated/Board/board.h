// What the programs need of the board; the rest comes from the C library.
#pragma once
#include <stdint.h>

/// Sends one character to the console.
int putchar(int character);

/// Ticks of 50 ns since the start, modulo 2^32.
uint32_t board_ticks(void);
