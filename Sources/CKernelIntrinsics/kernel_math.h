// Functions of the C library that kernels of real numbers need: Glibc's on the host, newlib's on the
// target. Their last bits differ. Declared here, as a bare-metal compiler need not find <math.h>; the
// declarations are those of ISO C, 7.12.
#pragma once

float expf(float);
float tanhf(float);

/// e^x.
static inline float kernel_expf(float x) { return expf(x); }

/// The hyperbolic tangent.
static inline float kernel_tanhf(float x) { return tanhf(x); }
