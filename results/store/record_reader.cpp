#include "results/store/record_reader.hpp"

#include <fcntl.h>

namespace basin {

namespace {

/// Of the 1024 files that a process may usually have open, HDF5 and others need some.
constexpr std::size_t most_open = 256;

} // namespace

Record RecordReader::read(const RecordPlace& place) {
    Record record;
    copy_record(view(place, bytes_), record);
    inventory_.metric_maps[place.journal].apply(record.outcome.values);
    return record;
}

RecordView RecordReader::view(const RecordPlace& place, std::vector<std::uint8_t>& bytes) {
    const std::filesystem::path& path = inventory_.journals[place.journal];
    std::unique_ptr<OpenFile>& file = files_.at(place.journal);
    if (!file) {
        if (open_ == most_open) {
            for (std::unique_ptr<OpenFile>& other : files_)
                other.reset();
            open_ = 0;
        }
        file = std::make_unique<OpenFile>(path, O_RDONLY, "open");
        ++open_;
    }
    return read_record(file->descriptor(), place.offset, bytes, path);
}

} // namespace basin
