#pragma once
#include "faults.h"

/// Once the host listens: says what ended the program before the reset, and goes no further; nothing
/// where there was no fault.
void fault_say_kept(void);
