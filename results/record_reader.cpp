#include "results/record_reader.hpp"

#include <fcntl.h>

namespace basin {

namespace {

/// Of the 1024 files that a process may usually have open, HDF5 and others need some.
constexpr std::size_t most_open = 256;

} // namespace

Record RecordReader::read(const RecordPlace& place) {
    std::unique_ptr<OpenFile>& file = files_.at(place.journal);
    if (!file) {
        if (open_ == most_open) {
            for (std::unique_ptr<OpenFile>& other : files_)
                other.reset();
            open_ = 0;
        }
        file = std::make_unique<OpenFile>(inventory_.journals[place.journal], O_RDONLY, "open");
        ++open_;
    }
    return read_record(inventory_, place, file->descriptor());
}

} // namespace basin
