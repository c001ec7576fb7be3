#pragma once

#include <exception>
#include <mutex>
#include <utility>

namespace basin {

/// Keeps the first exception of what runs at once. An exception that left an OpenMP task or loop
/// would end the process, and the points in flight would be recorded as crashed.
class FirstFailure {
public:
    template <class Work>
    void guard(Work&& work) noexcept {
        try {
            work();
        } catch (...) {
            const std::lock_guard lock(mutex_);
            if (!failure_) failure_ = std::current_exception();
        }
    }

    /// To be called when all have ended.
    void rethrow() {
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    }

private:
    std::mutex mutex_;
    std::exception_ptr failure_;
};

} // namespace basin
