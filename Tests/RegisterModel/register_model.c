#include "register_model.h"

static volatile uint32_t *model_register(uint32_t address);
#define REGISTER(address) (*model_register(address))
#include "counters.c"

enum { steps = 4 };
static volatile uint32_t accesses, hits, elsewhere;
static struct others others[steps];
static uint32_t step;

static volatile uint32_t *model_register(uint32_t address) {
  if (step < steps) {
    accesses += others[step].accesses;
    hits += others[step].hits;
    step++;
  }
  switch (address) {
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
