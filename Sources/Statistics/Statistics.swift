// Estimators, intervals, fits and tests on plain numbers, with GSL. Every result is a function
// of its arguments; what cannot be given carries the reason. Knows nothing of benchmarks; the
// caller says what a number means.

import Support

// Two conventions hold everywhere. What cannot be given carries a sentence that says why
// (`Outcome`), never a NaN or a blank. And every result is a function of its arguments alone:
// random resampling takes a seed.
