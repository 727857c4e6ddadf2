// The measured code, and how much work each piece does. A body is a loop of assembly and nothing else.
#pragma once
#include "nullability.h"
#include <stdint.h>

/// What a body works on; which fields it reads is said beside it.
struct roof_work {
  const void *_Nullable from;
  void *_Nullable to;
  /// Times that the loop is run.
  uint32_t loops;
  /// Of the lines that are read in a pseudo-random order, a power of two.
  uint32_t lines;
};

/// Of one pass of each loop, and the lines of the XIP cache.
enum {
  smlad_macs = 256,
  vmul_vadd_macs = 64,
  vfma_macs = 128,
  block_bytes = 256,
  line_bytes = 8,
};

/// Of code that is run from SRAM: the linker script of a port puts `.ramtext` there.
#define IN_SRAM(name) __attribute__((noinline, section(".ramtext." #name)))

// Run from SRAM, where their code comes at the core's pace whatever flash and its cache do.
void roof_nothing(const struct roof_work *_Nonnull work);
void roof_loop(const struct roof_work *_Nonnull work);
void roof_smlad(const struct roof_work *_Nonnull work);
void roof_vmul_vadd(const struct roof_work *_Nonnull work);
void roof_vfma(const struct roof_work *_Nonnull work);
void roof_vmla(const struct roof_work *_Nonnull work);

// Run from where the program is: in flash on a board, where the XIP cache holds the loop after one pass.
// The fetches then take another bus of the core than the data in SRAM.
/// Read blocks at `from`, the first by LDM, the second by LDR.
void roof_read(const struct roof_work *_Nonnull work);
void roof_read_single(const struct roof_work *_Nonnull work);
void roof_write(const struct roof_work *_Nonnull work);
void roof_copy(const struct roof_work *_Nonnull work);

// Run from SRAM, so that the data they read from flash cannot push their code out of the cache, and the
// cache is asked for data only.
void roof_flash_read(const struct roof_work *_Nonnull work);
void roof_flash_copy(const struct roof_work *_Nonnull work);
/// Reads each of `lines` lines of 8 bytes at `from` once.
void roof_flash_random(const struct roof_work *_Nonnull work);
