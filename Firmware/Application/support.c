#include "support.h"

const struct firmware_model *support_model(uint32_t index) { return &firmware_models[index]; }
const struct engine *support_engine(uint32_t index) { return firmware_engines[index]; }

const char *support_compiler(void) { return firmware_compiler; }
const char *support_flags(void) { return firmware_flags; }
const char *support_revision(void) { return firmware_revision; }
const char *support_code_place(void) { return firmware_code_place; }
const char *support_autostart(void) { return firmware_autostart; }

struct support_memory support_workspace(void) {
  static _Alignas(16) uint8_t memory[8 * 1024];
  return (struct support_memory){memory, sizeof memory};
}
