// The second core's reset, for both ports.
#pragma once

/// Sends it back to the boot ROM, where it sleeps until it is launched; it forgets what it did.
void second_core_reset(void);
