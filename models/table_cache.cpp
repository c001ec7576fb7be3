#include "models/table_cache.hpp"

namespace basin {

namespace {

constexpr std::size_t most_steps = std::size_t{64} << 20U >> 5U; // 32 bytes a step or less

/// The setting as far as its table depends on it.
Setting table_part(Setting setting) {
    const Setting any;
    setting.update = any.update;
    setting.tie = any.tie;
    setting.max_sweeps = any.max_sweeps;
    setting.attribution = any.attribution;
    return setting;
}

} // namespace

std::shared_ptr<const ExactTable> TableCache::exact(const ExactModel& model,
                                                    std::uint32_t dimension) {
    auto& table = exact_[{dimension, model}];
    if (!table) {
        table = std::make_shared<const ExactTable>(make_exact_table(model, dimension));
        steps_ += table->steps.size();
    }
    return table;
}

std::shared_ptr<const DirectTable> TableCache::direct(const Setting& setting,
                                                      std::uint32_t dimension) {
    const auto truth = exact(exact_model(setting, dimension), dimension);
    auto& direct = direct_[{dimension, table_part(setting)}];
    if (!direct) {
        DecisionTable table = make_decision_table(setting, dimension);
        Closeness closeness = compare(table, *truth);
        steps_ += table.steps.size();
        direct = std::make_shared<const DirectTable>(
            DirectTable{std::move(table), std::move(closeness)});
    }
    return direct;
}

void TableCache::trim() {
    if (steps_ <= most_steps) return;
    exact_.clear();
    direct_.clear();
    steps_ = 0;
}

} // namespace basin
