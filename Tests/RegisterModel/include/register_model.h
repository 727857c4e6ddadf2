// The firmware's code for the counters of the XIP cache, run with two counters in memory that somebody
// else moves on between any two accesses of them, and for the reset of the second core.
#pragma once
#include <stdint.h>

/// Accesses and hits that others make before an access of a register.
struct others {
  uint32_t accesses, hits;
};

struct model_counters {
  uint32_t access, miss;
};

/// What the counters are, and what others do before the first access of a register and the next three.
void model_start(uint32_t accesses, uint32_t hits, const struct others *others);
void model_clear(void);
struct model_counters model_read(void);
/// As the registers are, whoever made them so.
uint32_t model_accesses(void);
uint32_t model_hits(void);

/// Resets the second core; then what the power-on state machine holds in reset, and what it held meanwhile.
void model_reset_second_core(void);
uint32_t model_psm_off(void);
uint32_t model_psm_was_off(void);
