// newlib's vsnprintf and abort are linked with files; there are none.
int _close(int file) { return (void)file, -1; }
int _fstat(int file, void *state) { return (void)file, (void)state, -1; }
int _isatty(int file) { return (void)file, 0; }
int _lseek(int file, int offset, int from) { return (void)file, (void)offset, (void)from, -1; }
int _read(int file, char *bytes, int count) { return (void)file, (void)bytes, (void)count, -1; }
int _write(int file, const char *bytes, int count) { return (void)file, (void)bytes, (void)count, -1; }
