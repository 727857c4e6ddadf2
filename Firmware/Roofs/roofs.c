// The table of micro-benchmarks: what each needs, what it starts from, and how much work it is.
#include "roofs.h"
#include "bodies.h"
#include "port.h"

/// Where the bytes that are read come from.
enum source { nowhere, sram, flash, flash_uncached };

/// What the XIP cache holds when the clock starts: all that a first, unmeasured pass left there, or
/// nothing but the code that reads the clock.
enum start { warm, cold };

enum { compute_loops = 256, sram_bytes = 8 << 10 };

struct roof {
  const char *name;
  void (*body)(const struct roof_work *);
  enum source source;
  enum start start;
  /// In one pass of the body's loop.
  uint32_t macs;
  /// At most; a power of two.
  uint32_t bytes;
  /// Whether flash is copied to memory.
  uint32_t copies;
};

/// The port's DMA as a body.
IN_SRAM(copy_by_dma) static void copy_by_dma(const struct roof_work *work) {
  (void)port_dma_copy(work->to, work->from, work->loops * block_bytes);
}

static const struct roof roofs[] = {
    {"clock", roof_nothing, nowhere, warm, 0, 0, 0},
    {"loop", roof_loop, nowhere, warm, 0, 0, 0},
    {"int8_smlad", roof_smlad, nowhere, warm, smlad_macs, 0, 0},
    {"fp32_vmul_vadd", roof_vmul_vadd, nowhere, warm, vmul_vadd_macs, 0, 0},
    {"fp32_vfma", roof_vfma, nowhere, warm, vfma_macs, 0, 0},
    {"fp32_vmla", roof_vmla, nowhere, warm, vfma_macs, 0, 0},
    {"sram_read", roof_read, sram, warm, 0, sram_bytes, 0},
    {"sram_read_ldr", roof_read_single, sram, warm, 0, sram_bytes, 0},
    {"sram_write", roof_write, sram, warm, 0, sram_bytes, 0},
    {"sram_copy", roof_copy, sram, warm, 0, sram_bytes, 0},
    // Half of the cache; the others read each line once after the cache was flushed.
    {"flash_sequential_cached", roof_flash_read, flash, warm, 0, 8 << 10, 0},
    {"flash_sequential", roof_flash_read, flash, cold, 0, 256 << 10, 0},
    {"flash_sequential_uncached", roof_flash_read, flash_uncached, cold, 0, 256 << 10, 0},
    {"flash_random", roof_flash_random, flash, cold, 0, 256 << 10, 0},
    {"flash_random_uncached", roof_flash_random, flash_uncached, cold, 0, 256 << 10, 0},
    {"dma_flash_to_sram", copy_by_dma, flash, cold, 0, 64 << 10, 1},
    {"dma_flash_to_sram_uncached", copy_by_dma, flash_uncached, cold, 0, 64 << 10, 1},
    {"memcpy_flash_to_sram", roof_flash_copy, flash, cold, 0, 64 << 10, 1},
};

uint32_t roof_count(void) { return sizeof roofs / sizeof roofs[0]; }

const char *roof_name(uint32_t index) { return roofs[index].name; }

static uint32_t smaller(uint32_t a, uint32_t b) { return a < b ? a : b; }

/// What the body works on; of no loops where the board has no such thing.
static struct roof_work prepare(const struct roof *roof, char *memory, uint32_t bytes) {
  struct roof_work work = {0};
  if (roof->source == nowhere) {
    work.loops = compute_loops;
    return work;
  }
  uint32_t size = roof->bytes;
  if (roof->source == sram) {
    if (bytes < 2 * sram_bytes) return work;
    work.from = memory;
    work.to = memory + sram_bytes;
  } else {
    struct port_flash in_flash = port_flash();
    uint32_t available = roof->copies ? smaller(bytes, in_flash.bytes) : in_flash.bytes;
    work.from = roof->source == flash ? in_flash.base : in_flash.uncached;
    work.to = memory;
    if (!work.from) return work;
    while (size > available) size /= 2;
  }
  work.lines = size / line_bytes;
  work.loops = size / block_bytes;
  return work;
}

int roof_measure(uint32_t index, void *memory, uint32_t bytes, struct roof_result *result) {
  const struct roof *roof = &roofs[index];
  struct roof_work work = prepare(roof, memory, bytes);
  if (!work.loops) return -1;
  port_use_cores(1);
  port_flush_cache();
  if (roof->start == warm) roof->body(&work);
  // Brings the code of the copy into the cache, and tells whether there is one.
  if (roof->body == copy_by_dma && port_dma_copy(work.to, work.from, 4)) return -1;
  port_clear_counters();
  (void)port_clock();
  uint64_t start = port_clock();
  roof->body(&work);
  uint64_t end = port_clock();
  struct port_counters counters = port_read_counters();
  *result = (struct roof_result){
      .ticks = end - start,
      .macs = (uint64_t)work.loops * roof->macs,
      .bytes = roof->source == nowhere ? 0 : (uint64_t)work.loops * block_bytes,
      .access = counters.access,
      .miss = counters.miss,
  };
  return 0;
}
