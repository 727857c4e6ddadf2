#pragma once
#include <stdint.h>

typedef void (*vector)(void);
extern const vector vectors[16 + 52];

/// Each core has its own.
void enable_fpu(void);

/// Handler of all exceptions: says on the console what happened, and stops.
void fault_entry(void);
