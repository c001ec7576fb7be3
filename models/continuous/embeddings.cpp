#include "models/continuous/embeddings.hpp"

#include "models/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace basin {

void require_embeddings(const PatternBank& embeddings, const PatternBank& patterns) {
    const std::size_t count = embeddings.values.shape(0);
    const std::size_t width = embeddings.values.shape(1);
    if (count != patterns.values.shape(0))
        throw InputError(fmt::format("{} has {} rows, but {} has {} patterns; an embedding of each "
                                     "is needed, in the order of the patterns",
                                     embeddings.description, count, patterns.description,
                                     patterns.values.shape(0)));
    for (std::size_t item = 0; item < count; ++item) {
        const std::span row(embeddings.values.data() + item * width, width);
        if (std::ranges::all_of(row, [](float x) { return x == 0.0F; }))
            throw InputError(fmt::format("{}: row {} (counted from 0) is all zeros, which has no "
                                         "cosine with anything; give that item an embedding, or "
                                         "take it out of both files",
                                         embeddings.description, item));
    }
}

RealMatrix chosen_embeddings(const PatternSpec& spec, const PatternBank& patterns,
                             const PatternBank& embeddings) {
    require_embeddings(embeddings, patterns);
    const std::size_t width = embeddings.values.shape(1);
    const std::vector<std::uint32_t> rows = chosen_rows(spec, &patterns);
    RealMatrix chosen(rows.size(), width);
    for (std::size_t mu = 0; mu < rows.size(); ++mu)
        std::copy_n(embeddings.values.data() + rows[mu] * width, width, chosen.row(mu).begin());
    return chosen;
}

double cosine(std::span<const float> a, std::span<const float> b) {
    double product = 0.0;
    double square_a = 0.0;
    double square_b = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += double{a[i]} * b[i];
        square_a += double{a[i]} * a[i];
        square_b += double{b[i]} * b[i];
    }
    if (std::ranges::equal(a, b)) return 1.0; // whatever the roots are rounded to
    return std::clamp(product / (std::sqrt(square_a) * std::sqrt(square_b)), -1.0, 1.0);
}

} // namespace basin
