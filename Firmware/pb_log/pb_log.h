/* pb_log.h: prints a log that `analyze` reads without guessing, from any program that times a network.
 *
 * C99 and C++11, one file, no allocation, no C library, no floating point; int may have 16 bits.
 *
 *   static void put(void *context, const char *text, size_t length) { ... to the serial port ... }
 *
 *   pb_log bench;
 *   pb_begin(&bench, put, NULL);
 *   bench.board = "nucleo_u575zi_q";      // what is known; the rest stays as it is
 *   bench.clock_hz = 160000000;
 *   bench.model = "kws";
 *   ...
 *   pb_inference(&bench, microseconds);   // after each inference
 *   ...
 *   pb_end(&bench);
 *
 * Lines are those of docs/log-format.md: numbered, each with a checksum. They are printed as they come; what
 * must come before the first inference is printed with it. README.md beside this file has the rest.
 */
#ifndef PB_LOG_H
#define PB_LOG_H

#include <stddef.h>
#include <stdint.h>

/** What ends a line. "\n" where the console makes CR LF of it, as that of ESP-IDF does. */
#ifndef PB_LINE_END
#define PB_LINE_END "\r\n"
#endif

/** So many bytes of a line are given to `put` at once; at least 1. */
#ifndef PB_PIECE_BYTES
#define PB_PIECE_BYTES 64
#endif

/** The version of the log format; a line has so many bytes at most, and a text, where the line has room. */
#define PB_FORMAT "2"
#define PB_LINE_BYTES 1024
#define PB_TEXT_BYTES 256

/** Takes `length` bytes, not ended by a zero, and gives them to the console. */
typedef void (*pb_put)(void *context, const char *text, size_t length);

/** What the times that you give are. */
typedef enum { PB_US, PB_MS, PB_NS, PB_CYCLES, PB_INSTRUCTIONS } pb_unit;
/** What the model's graph holds. */
typedef enum { PB_DTYPE_UNKNOWN, PB_INT8, PB_FP32, PB_INT16, PB_MIXED } pb_dtype;
/** In which memory something is while the network runs; PB_STREAM is of weights alone: copied from flash as they
 * are needed. */
typedef enum { PB_PLACE_UNKNOWN, PB_FLASH, PB_SRAM, PB_PSRAM, PB_STREAM } pb_place;
/** Where the times come from: a board, or an emulator, which counts instructions. */
typedef enum { PB_MEASURED, PB_EMULATED } pb_origin;

/** A log. What is 0 or NULL is not known and not printed. Texts are read when they are printed, so they must
 * still be there. Set them between `pb_begin` or `pb_end` and the next inference. */
typedef struct {
  /* The log. */
  pb_origin origin;
  const char *tool;           /* your program and its version */
  uint32_t console_baud;      /* bits per second of a UART */
  /* The machine. */
  const char *board;          /* as in data/boards.csv where it is there, as "pico2" */
  const char *mcu;            /* as "stm32u575" */
  uint32_t clock_hz;          /* of the CPU */
  uint32_t cores;             /* that take part in an inference */
  uint32_t flash_clock_hz;    /* of the external flash */
  const char *flash;          /* its mode and divisor, as "quad/3" */
  /* The software. */
  const char *runtime;        /* as "tflm" */
  const char *kernels;        /* as "cmsis-nn" */
  const char *compiler;       /* set by pb_begin where the compiler tells */
  const char *flags;          /* as "-O3" */
  const char *firmware;       /* revision of your program */
  /* The model. */
  const char *model;          /* its name, as "kws" */
  pb_dtype dtype;
  uint32_t model_crc32;       /* pb_crc32(bytes, size): tells a model from another of its name */
  uint32_t model_bytes;       /* size of its file */
  uint64_t macs;              /* of one inference */
  uint64_t weight_bytes;
  /* The run. */
  pb_place weights;
  pb_place code;
  pb_place activations;
  uint32_t arena_bytes;
  pb_unit unit;               /* of each time that you give */
  uint64_t quantum;           /* steps in which your clock counts, as 4 for micros() of a 16 MHz AVR */
  uint32_t warmup;            /* inferences before the first one that you give */
  const char *caveat;         /* what a reader of the numbers must know */
  uint64_t clock_cost;        /* what reading your clock twice takes */
  uint32_t detail;            /* print every so many inferences; a sum has them all. 0 and 1: each */

  /** Calls pb_end after so many inferences; for programs that never end. 0: does not. */
  uint32_t end_every;
  /** What pb_start and pb_stop read, in `unit`; it may wrap at 32 bits. */
  uint32_t (*clock)(void);

  /** Inferences since the last end. */
  uint32_t inferences;

  /* What follows is the log's own. */
  pb_put put_;
  void *context_;
  uint64_t min_, max_, total_;
  uint32_t line_, crc_, printed_, started_;
  uint16_t length_, operator_, operators_, used_;
  char piece_[PB_PIECE_BYTES];
} pb_log;

/* What is written. */

static inline void pb_send_(pb_log *log) {
  if (log->used_ > 0) log->put_(log->context_, log->piece_, log->used_);
  log->used_ = 0;
}

static inline void pb_raw_(pb_log *log, char byte) {
  log->piece_[log->used_++] = byte;
  if (log->used_ == PB_PIECE_BYTES) pb_send_(log);
}

static inline uint32_t pb_crc_byte_(uint32_t crc, uint8_t byte) {
  uint8_t bit;
  crc ^= byte;
  for (bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (UINT32_C(0xEDB88320) & (UINT32_C(0) - (crc & 1)));
  return crc;
}

static inline void pb_byte_(pb_log *log, char byte) {
  log->crc_ = pb_crc_byte_(log->crc_, (uint8_t)byte);
  ++log->length_;
  pb_raw_(log, byte);
}

static inline void pb_word_(pb_log *log, const char *word) {
  while (*word) pb_byte_(log, *word++);
}

/* Long division in pieces of 16 bits: needs no division of 64 bits. */
static inline void pb_decimal_(pb_log *log, uint64_t value) {
  uint16_t parts[4];
  char digits[20];
  uint8_t count = 0, i;
  for (i = 0; i < 4; ++i) parts[i] = (uint16_t)(value >> (48 - 16 * i));
  do {
    uint32_t rest = 0;
    for (i = 0; i < 4; ++i) {
      rest = rest << 16 | parts[i];
      parts[i] = (uint16_t)(rest / 10);
      rest %= 10;
    }
    digits[count++] = (char)('0' + rest);
  } while ((parts[0] | parts[1] | parts[2] | parts[3]) != 0);
  while (count > 0) pb_byte_(log, digits[--count]);
}

static inline char pb_digit_(uint8_t nibble) {
  return (char)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
}

static inline void pb_key_(pb_log *log, const char *key) {
  pb_byte_(log, ' ');
  pb_word_(log, key);
  pb_byte_(log, '=');
}

static inline void pb_number_(pb_log *log, const char *key, uint64_t value) {
  pb_key_(log, key);
  pb_decimal_(log, value);
}

static inline void pb_known_(pb_log *log, const char *key, uint64_t value) {
  if (value > 0) pb_number_(log, key, value);
}

static inline void pb_hex_(pb_log *log, const char *key, uint32_t value) {
  int8_t shift;
  if (value == 0) return;
  pb_key_(log, key);
  for (shift = 28; shift >= 0; shift = (int8_t)(shift - 4)) pb_byte_(log, pb_digit_((uint8_t)(value >> shift & 15)));
}

/* A text, in quotes where it must be. It is cut where it is too long, so that the line has room for its other keys,
 * which take 160 bytes at most, and its checksum. */
static inline void pb_always_(pb_log *log, const char *key, const char *text) {
  uint16_t count = 0, i;
  uint8_t is_token = 1;
  pb_key_(log, key);
  for (; log->length_ < PB_LINE_BYTES - 10 - 160 - 5 && count < PB_TEXT_BYTES && text[count]; ++count) {
    char c = text[count];
    if (c <= ' ' || c > '}' || c == '"' || c == '\\') is_token = 0;
  }
  if (count == 0) is_token = 0;
  if (!is_token) pb_byte_(log, '"');
  for (i = 0; i < count && log->length_ < PB_LINE_BYTES - 10 - 160 - 5; ++i) {
    char c = text[i];
    if (c == '"' || c == '\\') pb_byte_(log, '\\');
    if (c >= ' ' && c <= '~') {
      pb_byte_(log, c);
    } else {
      pb_byte_(log, '\\');
      pb_byte_(log, 'x');
      pb_byte_(log, pb_digit_((uint8_t)c >> 4));
      pb_byte_(log, pb_digit_((uint8_t)c & 15));
    }
  }
  if (!is_token) pb_byte_(log, '"');
}

static inline void pb_text_(pb_log *log, const char *key, const char *text) {
  if (text && *text) pb_always_(log, key, text);
}

/* A word of the format, which needs no quotes and is never cut. */
static inline void pb_choice_(pb_log *log, const char *key, const char *word) {
  if (!word) return;
  pb_key_(log, key);
  pb_word_(log, word);
}

static inline const char *pb_place_word_(pb_place place) {
  return place == PB_FLASH ? "flash" : place == PB_SRAM ? "sram" : place == PB_PSRAM ? "psram" : NULL;
}

static inline void pb_line_(pb_log *log, const char *record) {
  log->crc_ = UINT32_C(0xFFFFFFFF);
  log->length_ = 0;
  pb_word_(log, "pb" PB_FORMAT " ");
  pb_decimal_(log, log->line_++);
  pb_byte_(log, ' ');
  pb_word_(log, record);
}

static inline void pb_seal_(pb_log *log) {
  const char *end = PB_LINE_END;
  uint32_t crc = ~log->crc_;
  int8_t shift;
  pb_raw_(log, ' ');
  pb_raw_(log, '~');
  for (shift = 28; shift >= 0; shift = (int8_t)(shift - 4)) pb_raw_(log, pb_digit_((uint8_t)(crc >> shift & 15)));
  while (*end) pb_raw_(log, *end++);
  pb_send_(log);
}

/* What does not change from inference to inference. */
static inline void pb_declare_(pb_log *log) {
  pb_line_(log, "log");
  pb_choice_(log, "origin", log->origin == PB_EMULATED ? "emulated" : "measured");
  pb_text_(log, "tool", log->tool);
  pb_known_(log, "console_baud", log->console_baud);
  pb_seal_(log);

  pb_line_(log, "machine");
  pb_number_(log, "id", 1);
  pb_text_(log, "board", log->board);
  pb_text_(log, "mcu", log->mcu);
  pb_known_(log, "clock_hz", log->clock_hz);
  pb_known_(log, "cores", log->cores);
  pb_known_(log, "flash_clock_hz", log->flash_clock_hz);
  pb_text_(log, "flash", log->flash);
  pb_seal_(log);

  pb_line_(log, "build");
  pb_number_(log, "id", 1);
  pb_text_(log, "runtime", log->runtime);
  pb_text_(log, "kernels", log->kernels);
  pb_text_(log, "compiler", log->compiler);
  pb_text_(log, "flags", log->flags);
  pb_text_(log, "firmware", log->firmware);
  pb_seal_(log);

  pb_line_(log, "model");
  pb_number_(log, "id", 1);
  pb_text_(log, "name", log->model);
  pb_choice_(log, "dtype",
    log->dtype == PB_INT8 ? "int8" : log->dtype == PB_FP32 ? "fp32" : log->dtype == PB_INT16 ? "int16"
    : log->dtype == PB_MIXED ? "mixed" : NULL);
  pb_hex_(log, "crc32", log->model_crc32);
  pb_known_(log, "bytes", log->model_bytes);
  pb_known_(log, "macs", log->macs);
  pb_known_(log, "weight_bytes", log->weight_bytes);
  pb_seal_(log);

  pb_line_(log, "run");
  pb_number_(log, "id", 1);
  pb_number_(log, "machine", 1);
  pb_number_(log, "build", 1);
  pb_number_(log, "model", 1);
  pb_choice_(log, "weights", log->weights == PB_STREAM ? "stream" : pb_place_word_(log->weights));
  pb_choice_(log, "code", pb_place_word_(log->code));
  pb_choice_(log, "activations", pb_place_word_(log->activations));
  pb_known_(log, "arena_bytes", log->arena_bytes);
  pb_choice_(log, "unit",
    log->unit == PB_CYCLES ? "cycles" : log->unit == PB_INSTRUCTIONS ? "instructions"
    : log->unit == PB_NS ? "ns" : "us");
  if (log->unit == PB_MS) {
    pb_number_(log, "quantum", (log->quantum > 0 ? log->quantum : 1) * 1000);
  } else {
    pb_known_(log, "quantum", log->quantum);
  }
  pb_known_(log, "warmup", log->warmup);
  pb_text_(log, "caveat", log->caveat);
  pb_known_(log, "clock_cost", log->unit == PB_MS ? log->clock_cost * 1000 : log->clock_cost);
  if (log->detail > 1) pb_number_(log, "detail", log->detail);
  pb_seal_(log);
}

/* Whether the inference that is under way has lines. The first one brings what must come before. */
static inline uint8_t pb_shows_(pb_log *log) {
  if (log->line_ == 0) pb_declare_(log);
  return log->detail < 2 || log->inferences % log->detail == 0;
}

/** Begins a log that is printed by `put`, which gets `context`. Nothing is known yet, and nothing is printed. */
static inline void pb_begin(pb_log *log, pb_put put, void *context) {
  uint8_t *bytes = (uint8_t *)log;
  size_t i;
  for (i = 0; i < sizeof *log; ++i) bytes[i] = 0;
  log->put_ = put;
  log->context_ = context;
#if defined(__clang__) && defined(__VERSION__)
  log->compiler = __VERSION__;
#elif defined(__GNUC__) && defined(__VERSION__)
  log->compiler = "gcc " __VERSION__;
#endif
}

/** Ends the log: what came is counted, so that nothing can be lost unseen. The next inference begins another log,
 * for which the fields may be changed. */
static inline void pb_end(pb_log *log) {
  if (log->line_ == 0) return;
  if (log->printed_ < log->inferences) {
    pb_line_(log, "sum");
    pb_number_(log, "run", 1);
    pb_number_(log, "n", log->inferences);
    pb_number_(log, "min", log->min_);
    pb_number_(log, "max", log->max_);
    pb_number_(log, "total", log->total_);
    pb_seal_(log);
  }
  pb_line_(log, "done");
  pb_number_(log, "run", 1);
  pb_number_(log, "inferences", log->inferences);
  pb_number_(log, "printed", log->printed_);
  pb_seal_(log);
  pb_line_(log, "end");
  pb_number_(log, "lines", log->line_);
  pb_number_(log, "runs", 1);
  pb_seal_(log);
  log->line_ = log->printed_ = log->inferences = 0;
  log->operator_ = log->operators_ = 0;
}

/** One operator of the inference that pb_inference tells next: in the order of the graph, which must be the same
 * in each inference, and with its TFLite name, as "CONV_2D". Print when the inference is over, not while it is timed. */
static inline void pb_operator(pb_log *log, const char *kind, uint64_t time) {
  if (pb_shows_(log)) {
    if (log->operator_ == log->operators_) {
      pb_line_(log, "op");
      pb_number_(log, "run", 1);
      pb_number_(log, "index", log->operators_++);
      pb_always_(log, "kind", kind ? kind : "");
      pb_seal_(log);
    }
    pb_line_(log, "opt");
    pb_number_(log, "run", 1);
    pb_number_(log, "i", log->inferences);
    pb_number_(log, "op", log->operator_);
    pb_number_(log, "time", log->unit == PB_MS ? time * 1000 : time);
    pb_seal_(log);
  }
  ++log->operator_;
}

/** One inference and how long it took, in `unit`. */
static inline void pb_inference(pb_log *log, uint64_t time) {
  if (log->unit == PB_MS) time *= 1000;
  if (pb_shows_(log)) {
    pb_line_(log, "inf");
    pb_number_(log, "run", 1);
    pb_number_(log, "i", log->inferences);
    pb_number_(log, "time", time);
    pb_seal_(log);
    ++log->printed_;
  }
  if (log->inferences == 0) {
    log->min_ = log->max_ = log->total_ = time;
  } else {
    if (time < log->min_) log->min_ = time;
    if (time > log->max_) log->max_ = time;
    log->total_ += time;
  }
  log->operator_ = 0;
  if (++log->inferences == log->end_every) pb_end(log);
}

/** The inference begins now, by `clock`. */
static inline void pb_start(pb_log *log) { log->started_ = log->clock(); }

/** How long ago it began. */
static inline uint32_t pb_since(const pb_log *log) { return (uint32_t)(log->clock() - log->started_); }

/** The inference is over: how long it took goes to pb_inference. */
static inline void pb_stop(pb_log *log) { pb_inference(log, pb_since(log)); }

/** The CRC-32 of zlib and PNG of bytes, as `model_crc32` wants it of the model's file. */
static inline uint32_t pb_crc32(const void *bytes, size_t count) {
  const uint8_t *next = (const uint8_t *)bytes;
  uint32_t crc = UINT32_C(0xFFFFFFFF);
  while (count-- > 0) crc = pb_crc_byte_(crc, *next++);
  return ~crc;
}

#endif
