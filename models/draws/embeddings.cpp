#include "models/draws/embeddings.hpp"

#include "models/base/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

namespace basin {

namespace {

template <class A, class B>
double cosine_of(const A& a, const B& b) {
    double product = 0.0;
    double square_a = 0.0;
    double square_b = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        product += double{a[i]} * double{b[i]};
        square_a += double{a[i]} * double{a[i]};
        square_b += double{b[i]} * double{b[i]};
    }
    if (std::ranges::equal(a, b)) return 1.0; // whatever the roots are rounded to
    return std::clamp(product / (std::sqrt(square_a) * std::sqrt(square_b)), -1.0, 1.0);
}

} // namespace

void require_embeddings(const PatternBank& embeddings, const PatternBank& patterns) {
    const std::size_t count = embeddings.values.shape(0);
    const std::size_t width = embeddings.values.shape(1);
    if (count != patterns.values.shape(0))
        throw InputError(fmt::format("{} has {} rows, but {} has {} patterns; an embedding of each "
                                     "is needed, in the order of the patterns",
                                     embeddings.description, count, patterns.description,
                                     patterns.values.shape(0)));
    const auto is_zero = [width](const auto& numbers, std::size_t item) {
        const std::span row(numbers.data() + item * width, width);
        return std::ranges::all_of(row, [](auto x) { return x == 0; });
    };
    for (std::size_t item = 0; item < count; ++item) {
        if (embeddings.is_rounded() ? is_zero(embeddings.doubles, item)
                                    : is_zero(embeddings.values, item))
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
    const auto take = [&](const auto& numbers, auto& to) {
        for (std::size_t mu = 0; mu < rows.size(); ++mu)
            std::copy_n(numbers.data() + rows[mu] * width, width, to.data() + mu * width);
    };
    if (embeddings.is_rounded()) {
        std::vector<double> numbers(rows.size() * width);
        take(embeddings.doubles, numbers);
        return real_matrix(rows.size(), width, std::move(numbers));
    }
    RealMatrix chosen(rows.size(), width);
    take(embeddings.values, chosen.values);
    return chosen;
}

double cosine(const RealMatrix& vectors, std::size_t first, std::size_t second) {
    return vectors.see(first, [&](auto a) {
        return vectors.see(second, [a](auto b) { return cosine_of(a, b); });
    });
}

} // namespace basin
