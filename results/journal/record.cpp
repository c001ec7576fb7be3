#include "results/journal/record.hpp"

namespace basin {

void copy_record(const RecordView& view, Record& record) {
    record.key = view.key;
    record.cell = view.cell;
    record.elapsed_s = view.elapsed_s;
    record.outcome.status = view.status;
    record.outcome.flags = view.flags;
    record.outcome.values.resize(view.value_count());
    if (!view.values.empty())
        std::memcpy(record.outcome.values.data(), view.values.data(), view.values.size());
    record.outcome.message = view.message;
}

} // namespace basin
