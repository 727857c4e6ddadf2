// What Swift and the C library ask of a system: memory for malloc, and an end for what went wrong.
#include <errno.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>

// Of the port and its linker script.
extern char heap_start[], heap_end[];
__attribute__((noreturn)) void port_fail(void);

// Swift's stack protector compares and calls these.
uintptr_t __stack_chk_guard = 0xa5c35a3cu;
__attribute__((noreturn)) void __stack_chk_fail(void) { port_fail(); }

// Memory for newlib's malloc.
void *_sbrk(ptrdiff_t size) {
  static char *next = heap_start;
  if (size > heap_end - next) {
    errno = ENOMEM;
    return (void *)-1;
  }
  next += size;
  return next - size;
}

// Swift allocates by this; newlib has it under its old name only.
int posix_memalign(void **result, size_t alignment, size_t size) {
  *result = memalign(alignment, size);
  return *result ? 0 : ENOMEM;
}

// newlib's abort, assert and exit end here.
__attribute__((noreturn)) void _exit(int status) {
  (void)status;
  port_fail();
}
int _kill(int process, int signal) {
  (void)process, (void)signal;
  port_fail();
}
int _getpid(void) { return 1; }
