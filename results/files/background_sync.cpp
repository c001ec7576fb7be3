#include "results/files/background_sync.hpp"

#include "results/files/file.hpp"

#include <cerrno>
#include <csignal>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace basin {

namespace {

/// Starts a thread that gets no signals: they are for those who know what to do about them.
template <class Work>
std::thread start_without_signals(Work work) {
    sigset_t all{};
    sigset_t before{};
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread;
    try {
        thread = std::thread(std::move(work));
    } catch (...) {
        ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
        throw;
    }
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

/// 0, or why what was written to the file is not safe: also if the file has lost its name, for then
/// all that goes to it is gone when it is closed, and no write ever says so.
int sync_data(int descriptor) {
    struct stat info = {};
    if (::fdatasync(descriptor) != 0 || ::fstat(descriptor, &info) != 0) return errno;
    return info.st_nlink > 0 ? 0 : ENOENT;
}

} // namespace

DurableFile::DurableFile(int descriptor, const SyncPolicy& policy, std::filesystem::path path)
    : descriptor_(descriptor), policy_(policy), path_(std::move(path)) {
    if (policy_.when == SyncPolicy::When::group)
        thread_ = start_without_signals([this] { sync_groups(); });
}

DurableFile::~DurableFile() {
    {
        const Lock lock(mutex_);
        ending_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    if (unsynced_ && policy_.when != SyncPolicy::When::none) ::fdatasync(descriptor_);
}

void DurableFile::written() {
    {
        const Lock lock(mutex_);
        if (!unsynced_) due_ = Clock::now() + policy_.interval;
        if (std::exchange(unsynced_, true)) return; // the thread knows
    }
    if (policy_.when == SyncPolicy::When::each) sync();
    if (policy_.when == SyncPolicy::When::group) changed_.notify_all();
}

void DurableFile::sync() {
    Lock lock(mutex_);
    // The kernel tells a failure once: if the other thread is about to hear of it, wait for that.
    changed_.wait(lock, [this] { return !syncing_; });
    throw_if_failed(lock);
    if (!unsynced_) return;
    sync_with(lock);
    throw_if_failed(lock);
}

void DurableFile::check() const {
    throw_if_failed(Lock(mutex_));
}

void DurableFile::sync_groups() {
    Lock lock(mutex_);
    while (failure_ == 0) {
        changed_.wait(lock, [this] { return ending_ || (unsynced_ && !syncing_); });
        const Clock::time_point due = due_;
        if (changed_.wait_until(lock, due, [this] { return ending_; })) return;
        // Meanwhile sync() may have done it, and a later write be due later.
        if (unsynced_ && !syncing_ && Clock::now() >= due_) sync_with(lock);
    }
}

void DurableFile::sync_with(Lock& lock) {
    syncing_ = true;
    unsynced_ = false; // what is written from here on is of the next group
    lock.unlock();
    const int failure = sync_data(descriptor_);
    lock.lock();
    syncing_ = false;
    if (failure != 0) failure_ = failure;
    changed_.notify_all();
}

void DurableFile::throw_if_failed(const Lock&) const {
    if (failure_ == 0) return;
    errno = failure_;
    throw_io("sync", path_);
}

} // namespace basin
