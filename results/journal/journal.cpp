#include "results/journal/journal.hpp"

#include "results/journal/journal_format.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace basin {

namespace {

/// Creates an empty file under the first name that is free; `path` becomes its name.
int create_journal(const std::filesystem::path& folder, const JournalHeader& header,
                   std::filesystem::path& path) {
    for (std::uint32_t attempt = 0;; ++attempt) {
        path = folder / fmt::format("{}-{}-{}.journal", header.host, header.process, attempt);
        const int descriptor =
            ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
        if (descriptor >= 0) return descriptor;
        if (errno != EEXIST) throw_io("create", path);
    }
}

} // namespace

Journal::Journal(const std::filesystem::path& folder, const JournalHeader& header,
                 const SyncPolicy& policy)
    : file_(create_journal(folder, header, path_)) {
    try {
        journal_format::put_header(buffer_, header);
        write_all(file_.descriptor(), buffer_, path_);
        size_ = buffer_.size();
        if (::fdatasync(file_.descriptor()) != 0) throw_io("sync", path_);
        sync_folder(folder);
        durable_.emplace(file_.descriptor(), policy, path_);
    } catch (...) {
        ::unlink(path_.c_str()); // it holds nothing
        throw;
    }
}

Journal::~Journal() {
    reserved_.give_back(file_.descriptor());
}

void Journal::append(std::span<const Record> records) {
    if (records.empty()) return;
    if (broken_)
        throw StoreError(StoreError::Kind::io,
                         fmt::format("{} takes no more records since a write to it failed; every "
                                     "record written before is kept: give the same command again "
                                     "to go on in a new journal",
                                     path_.string()));
    buffer_.clear();
    for (const Record& record : records)
        journal_format::put_record(buffer_, record);
    broken_ = true; // until all has gone through
    durable_->check();
    reserved_.ensure(file_.descriptor(), size_, buffer_.size(), path_);
    write_all(file_.descriptor(), buffer_, path_);
    size_ += buffer_.size();
    durable_->written();
    broken_ = false;
}

void Journal::sync() {
    const bool was_broken = std::exchange(broken_, true);
    durable_->sync();
    broken_ = was_broken;
}

} // namespace basin
