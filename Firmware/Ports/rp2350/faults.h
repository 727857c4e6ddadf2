// What nobody expected: an exception, or the program's own end before its time. It may be that flash
// cannot be read any more, so none of these functions is there.
#pragma once
#include <stdint.h>

/// The number of the exception, 0 where the program broke off by itself; where it was and where it came
/// from; CFSR, HFSR, MMFAR and BFAR (Armv8-M Architecture Reference Manual D1.2).
struct fault {
  uint32_t exception, at, from, cfsr, hfsr, mmfar, bfar;
};

/// Handler of all exceptions.
void fault_entry(void);
/// What the C library's abort and Swift's stack protector come to.
__attribute__((noreturn)) void port_fail(void);

/// Sends a comment of the log.
void fault_say(const struct fault *fault, void (*put)(uint8_t));
/// Of the console: makes the fault known, and does not return.
__attribute__((noreturn)) void fault_end(const struct fault *fault);
