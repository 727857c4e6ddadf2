#include "dma.h"
#include "registers.h"

#define CHANNEL (0x50000000u + 0x40u * dma_channel)
#define READ_ADDR (CHANNEL + 0x0u)
#define WRITE_ADDR (CHANNEL + 0x4u)
#define TRANS_COUNT (CHANNEL + 0x8u)
#define CTRL_TRIG (CHANNEL + 0xcu)
#define CTRL_WITHOUT_TRIGGER (CHANNEL + 0x10u)

// DS 12.6.10. A channel that is chained to itself starts no other.
enum {
  enable = 1u << 0,
  words = 2u << 2,
  increment_read = 1u << 4,
  increment_write = 1u << 6,
  chain_to_itself = (uint32_t)dma_channel << 13,
  unpaced = 0x3fu << 17,
  busy = 1u << 26,
};
// Of reading and of writing; cleared by writing 1.
#define ERRORS 0x60000000u

// In SRAM: it waits while flash is measured.
RAM_CODE int dma_copy(void *to, const void *from, uint32_t bytes) {
  if (bytes == 0) return 0;
  REGISTER(READ_ADDR) = (uint32_t)from;
  REGISTER(WRITE_ADDR) = (uint32_t)to;
  REGISTER(TRANS_COUNT) = bytes / 4;
  barrier();
  REGISTER(CTRL_TRIG) =
      enable | words | increment_read | increment_write | chain_to_itself | unpaced;
  while (REGISTER(CTRL_TRIG) & busy) {
  }
  barrier();
  uint32_t errors = REGISTER(CTRL_TRIG) & ERRORS;
  REGISTER(CTRL_WITHOUT_TRIGGER) = errors;
  return errors ? -1 : 0;
}
