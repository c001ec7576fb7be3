#include "harness/threads.hpp"

#include "harness/verb.hpp"

#include <omp.h>

namespace basin {

int thread_count(int wanted) {
    if (wanted < 0) throw UsageError("--threads takes a number of threads, or 0 for all");
    return wanted > 0 ? wanted : omp_get_max_threads();
}

} // namespace basin
