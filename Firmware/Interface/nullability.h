// Clang's words for pointers, which Swift reads; other compilers do without.
#pragma once
#ifndef __clang__
#define _Nonnull
#define _Nullable
#endif
