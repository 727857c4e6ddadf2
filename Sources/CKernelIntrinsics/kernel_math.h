// Functions of the C library that kernels of real numbers need: Glibc's on the host, newlib's on the
// target. Their last bits differ.
#pragma once
#include <math.h>

/// e^x.
static inline float kernel_expf(float x) { return expf(x); }

/// The hyperbolic tangent.
static inline float kernel_tanhf(float x) { return tanhf(x); }
