// Work for the second core, once it runs. Waiting reads no flash, on either side, so that it neither
// fills the cache nor counts as its use.
#pragma once

/// What the second core does, for ever.
__attribute__((noreturn)) void worker_run(void);

void worker_give(void (*body)(void *), void *context);
void worker_wait(void);
