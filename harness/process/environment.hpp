#pragma once

namespace basin {

/// Refuses what the environment says wrongly, before a thread meets it in the middle of a sweep and
/// its points are recorded as failed: BASIN_SIMD, OMP_NUM_THREADS, OMP_STACKSIZE, GOMP_STACKSIZE
/// and the limit of the stack. Throws InputError or UsageError.
void check_environment();

} // namespace basin
