#include "register_model.h"

static volatile uint32_t *model_register(uint32_t address);
#define REGISTER(address) (*model_register(address))
#include "counters.c"
#include "registers/second_core.c"

enum { steps = 4 };
static volatile uint32_t accesses, hits, elsewhere;
static struct others others[steps];
static uint32_t step;

// What is written to the aliases that set and clear takes effect before the next access.
static volatile uint32_t psm_off, psm_set, psm_clear;
static uint32_t psm_was_off;
static void psm_settle(void) {
  psm_off = (psm_off | psm_set) & ~psm_clear;
  psm_set = psm_clear = 0;
  psm_was_off |= psm_off;
}

static volatile uint32_t *model_register(uint32_t address) {
  if (step < steps) {
    accesses += others[step].accesses;
    hits += others[step].hits;
    step++;
  }
  psm_settle();
  switch (address) {
  case PSM_FRCE_OFF: return &psm_off;
  case PSM_FRCE_OFF + 0x2000: return &psm_set;
  case PSM_FRCE_OFF + 0x3000: return &psm_clear;
  case XIP_CTR_ACC: return &accesses;
  case XIP_CTR_HIT: return &hits;
  default: return &elsewhere;
  }
}

void model_start(uint32_t first_accesses, uint32_t first_hits, const struct others *each) {
  accesses = first_accesses;
  hits = first_hits;
  step = 0;
  for (int index = 0; index < steps; index++) others[index] = each[index];
}

void model_clear(void) { port_clear_counters(); }

struct model_counters model_read(void) {
  struct port_counters counters = port_read_counters();
  return (struct model_counters){counters.access, counters.miss};
}

uint32_t model_accesses(void) { return accesses; }
uint32_t model_hits(void) { return hits; }

void model_reset_second_core(void) {
  psm_off = psm_was_off = 0;
  second_core_reset();
  psm_settle();
}
uint32_t model_psm_off(void) { return psm_off; }
uint32_t model_psm_was_off(void) { return psm_was_off; }
