// The counters of the XIP cache (DS 4.4.5), for both ports. Others may read flash between two accesses of
// them: an interrupt, DMA, the other core. So hits are cleared last and read first: then whatever comes
// between counts as an access at least, and never as a hit alone.
#include "port.h"
#include "registers/registers.h"

#define XIP_CTR_HIT 0x400c800cu
#define XIP_CTR_ACC 0x400c8010u

// Writing any value clears.
RAM_CODE void port_clear_counters(void) {
  REGISTER(XIP_CTR_ACC) = 0;
  REGISTER(XIP_CTR_HIT) = 0;
}

// Both stay at their largest value; of more accesses than that, the misses are too few, but never
// fewer than none.
RAM_CODE struct port_counters port_read_counters(void) {
  uint32_t hits = REGISTER(XIP_CTR_HIT);
  uint32_t accesses = REGISTER(XIP_CTR_ACC);
  return (struct port_counters){
      .access = accesses, .miss = accesses > hits ? accesses - hits : 0};
}
