// Registers of RP2350 by address, and what all files here do with them.
// "DS" is the RP2350 data sheet, with the section that describes the block.
#pragma once
#include <stdint.h>

// Tests on the host have registers of their own.
#ifndef REGISTER
#define REGISTER(address) (*(volatile uint32_t *)(address))
#endif

/// Writing to these aliases of a register sets or clears the bits that are 1 (DS 2.1.3).
#define SET(address) REGISTER((address) + 0x2000u)
#define CLEAR(address) REGISTER((address) + 0x3000u)

/// Functions that run while flash cannot be read, or that must not count as its readers. They call
/// nothing outside of this section, and have no constants outside of themselves.
#ifndef RAM_CODE_SECTION
#define RAM_CODE_SECTION ".ramtext"
#endif
#define RAM_CODE __attribute__((noinline, section(RAM_CODE_SECTION)))

static inline void barrier(void) { __asm__ volatile("dsb\n\tisb" : : : "memory"); }

/// PRIMASK as it was, for `unmask_interrupts`.
static inline uint32_t mask_interrupts(void) {
  uint32_t mask;
  __asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(mask) : : "memory");
  return mask;
}

static inline void unmask_interrupts(uint32_t mask) {
  __asm__ volatile("msr primask, %0" : : "r"(mask) : "memory");
}
