#include "harness/threads.hpp"

#include "harness/verb.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>

namespace basin {

int thread_count(int wanted) {
    if (wanted < 0 || wanted > most_threads)
        throw UsageError(fmt::format(
            "--threads takes a number of threads, {} at most, or 0 for all", most_threads));
    return wanted > 0 ? wanted : std::min(omp_get_max_threads(), most_threads);
}

} // namespace basin
