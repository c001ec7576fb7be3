#pragma once

namespace basin {

/// `wanted` threads, or for 0 as many as OMP_NUM_THREADS or the process's CPU affinity allow.
/// Throws UsageError if negative.
int thread_count(int wanted);

} // namespace basin
