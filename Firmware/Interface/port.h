// What the measuring program needs of a board. Each port gives all of it; the program knows no register.
#pragma once
#include "nullability.h"
#include <stdint.h>

/// What the board is, in the words of the log.
struct port_description {
  /// As in data/machines.
  const char *_Nonnull board;
  const char *_Nonnull mcu;
  /// "measured" or "emulated".
  const char *_Nonnull origin;
  /// Of what `port_elapsed` gives: "cycles" or "instructions".
  const char *_Nonnull unit;
  /// Cores that there are.
  uint32_t cores;
  /// Bits per second of the console; 0 where that means nothing.
  uint32_t console_baud;
  /// 1 where the XIP cache counts its accesses and hits.
  uint32_t has_counters;
};

/// State that a run can depend on; 0 where the board has no such thing.
struct port_state {
  uint32_t clock_hz;
  /// SCK, decoded from the registers.
  uint32_t flash_clock_hz;
  /// Data lines of a read: 1, 2 or 4.
  uint32_t flash_width;
  /// clk_sys / SCK.
  uint32_t flash_divisor;
  /// Raw QMI M0_TIMING, M0_RFMT and M0_RCMD.
  uint32_t qmi_timing, qmi_rfmt, qmi_rcmd;
  /// Manufacturer, type, capacity in the low 24 bits.
  uint32_t jedec;
  /// 0 none, 1 on, 2 off.
  uint32_t xip_cache;
};

/// Accesses of the XIP cache since `port_clear_counters`, and those of them that it had to fetch.
struct port_counters {
  uint32_t access, miss;
};

/// Memory for activations and copies of weights: all SRAM that nothing else uses.
struct port_memory {
  void *_Nonnull base;
  uint32_t bytes;
};

/// The flash that the image lies in; null and 0 where it lies in other memory.
struct port_flash {
  /// Read through the XIP cache.
  const void *_Nullable base;
  /// From `base` on, as many as the image uses.
  uint32_t bytes;
  /// The same bytes, read past the cache.
  const void *_Nullable uncached;
};

/// Clocks, console, counters, LED. Called once, first.
void port_start(void);
const struct port_description *_Nonnull port_describe(void);
struct port_state port_read_state(void);

/// Ticks since the start, which do not wrap when called at least every 20 s.
uint64_t port_clock(void);
/// Cycles or instructions of so many ticks.
uint64_t port_elapsed(uint64_t ticks);

void port_clear_counters(void);
struct port_counters port_read_counters(void);

/// These change the state; 0 when done, -1 where the board cannot. The flash clock follows clk_sys.
int port_set_clock(uint32_t hz);
int port_set_flash_divisor(uint32_t divisor);
int port_set_xip_cache(int on);

struct port_flash port_flash(void);
/// Forgets all that the XIP cache holds, so that every line is read from flash again.
void port_flush_cache(void);
/// Copies whole words by DMA and waits for the end; both addresses and `bytes` are multiples of 4.
/// 0 when done, -1 where the board has no DMA.
int port_dma_copy(void *_Nonnull to, const void *_Nonnull from, uint32_t bytes);

/// Sends a byte, waiting where it must.
void port_put(uint8_t byte);
/// Waits until all bytes are sent.
void port_flush(void);
/// A byte from the host, or -1.
int port_get(void);

void port_toggle_led(void);
struct port_memory port_free_memory(void);

/// Before anything is measured: how many cores take part, 1 or 2. With 1 the other core sleeps and
/// takes no turn at memory.
void port_use_cores(uint32_t cores);
/// Starts `body(context)` on the other core, and waits for its end; only while two cores take part.
/// This core does not sleep meanwhile, so that its clock goes on.
void port_start_other_core(void (*_Nonnull body)(void *_Nullable), void *_Nullable context);
void port_wait_other_core(void);

/// The program came to its end: leaves the emulator, resets or idles on a board.
void port_end(int failed);
