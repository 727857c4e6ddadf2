#include "pll.h"

// DS 8.6.1 and 8.6.3: bounds of the VCO, of the reference, and of the dividers.
enum {
  least_reference_hz = 5000000,
  least_feedback = 16,
  largest_feedback = 320,
  largest_divider = 7,
};
#define LEAST_VCO_HZ UINT64_C(750000000)
#define LARGEST_VCO_HZ UINT64_C(1600000000)

int pll_find(uint32_t crystal_hz, uint32_t hz, struct pll_setting *setting) {
  if (hz == 0) return -1;
  for (uint32_t reference = 1; crystal_hz / reference >= least_reference_hz; reference++) {
    uint64_t best = 0;
    // The first divider takes the faster clock, so it is the larger one.
    for (uint32_t first = 1; first <= largest_divider; first++) {
      for (uint32_t second = 1; second <= first; second++) {
        uint64_t vco = (uint64_t)hz * first * second;
        uint64_t feedback = vco * reference / crystal_hz;
        if (vco < LEAST_VCO_HZ || vco > LARGEST_VCO_HZ || vco <= best) continue;
        if (feedback * crystal_hz != vco * reference) continue;
        if (feedback < least_feedback || feedback > largest_feedback) continue;
        best = vco;
        *setting = (struct pll_setting){reference, (uint32_t)feedback, first, second};
      }
    }
    if (best) return 0;
  }
  return -1;
}
