#pragma once
#include <stdint.h>

typedef void (*vector)(void);
/// 16 of the core, 52 of the chip (DS 3.2), of which none is enabled.
enum { vector_count = 16 + 52 };
extern vector vectors[vector_count];

/// Each core has its own.
void enable_fpu(void);
