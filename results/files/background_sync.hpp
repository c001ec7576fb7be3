#pragma once
// Syncs of a file that is appended to, as a policy wants them.

#include "results/files/sync_policy.hpp"

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace basin {

/// Makes what was written to an open file durable. With a group policy a thread of its own does,
/// so that what was written last is synced in time even if nothing follows for hours, and no writer
/// waits for the disk: the sync of a write begins at most `interval` after it. The descriptor stays
/// the caller's and must be open as long as this lives.
class DurableFile {
public:
    DurableFile(int descriptor, const SyncPolicy& policy, std::filesystem::path path);
    ~DurableFile(); ///< a last sync, unless the policy wants none; its failure goes unseen
    DurableFile(const DurableFile&) = delete;
    DurableFile& operator=(const DurableFile&) = delete;

    /// To be called after a write. With `each` it syncs. Throws StoreError(io) as sync() does.
    void written();

    /// Syncs what was written, whatever the policy. Throws StoreError(io) if that fails or if the
    /// file has been removed; then for good: the kernel may have dropped the pages, so that a later
    /// success proves nothing.
    void sync();

    /// Throws what a sync in the background has met.
    void check() const;

private:
    using Clock = std::chrono::steady_clock;
    using Lock = std::unique_lock<std::mutex>;

    void sync_groups();
    void sync_with(Lock& lock);
    void throw_if_failed(const Lock&) const;

    int descriptor_;
    SyncPolicy policy_;
    std::filesystem::path path_;

    mutable std::mutex mutex_; ///< guards what follows
    std::condition_variable changed_;
    bool unsynced_ = false;
    Clock::time_point due_; ///< when the oldest unsynced write must be synced
    bool syncing_ = false;  ///< a thread is in fdatasync(), without the lock
    bool ending_ = false;
    int failure_ = 0; ///< errno of the first sync that failed
    std::thread thread_;
};

} // namespace basin
