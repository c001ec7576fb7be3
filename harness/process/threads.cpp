#include "harness/process/threads.hpp"

#include "harness/process/usage_error.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace basin {

namespace {

/// Starts as many threads at once, and ends them: OpenMP ends the program where it cannot.
void start_at_once(int count) {
    std::mutex mutex;
    std::condition_variable all_tried;
    bool is_over = false;
    const auto wait = [&] {
        std::unique_lock lock(mutex);
        all_tried.wait(lock, [&] { return is_over; });
    };
    const auto end = [&](std::vector<std::thread>& threads) {
        {
            const std::lock_guard lock(mutex);
            is_over = true;
        }
        all_tried.notify_all();
        for (std::thread& thread : threads)
            thread.join();
    };
    std::vector<std::thread> threads;
    threads.reserve(static_cast<std::size_t>(count));
    try {
        while (std::ssize(threads) < count)
            threads.emplace_back(wait);
    } catch (const std::system_error& error) {
        const std::size_t started = threads.size();
        end(threads);
        throw UsageError(
            fmt::format("of {} threads the system starts {} ({}); give fewer --threads", count + 1,
                        started + 1, error.code().message()));
    }
    end(threads);
}

} // namespace

int thread_count(int wanted) {
    if (wanted < 0 || wanted > most_threads)
        throw UsageError(fmt::format(
            "--threads takes a number of threads, {} at most, or 0 for all", most_threads));
    return wanted > 0 ? wanted : std::min(omp_get_max_threads(), most_threads);
}

int ready_threads(int wanted) {
    ::omp_set_dynamic(0); // OMP_DYNAMIC would give another number to each loop
    const int count = std::min(thread_count(wanted), omp_get_thread_limit());
    start_at_once(count - 1); // this one is there
    return count;
}

} // namespace basin
