#include "models/scene/setting.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace basin {

namespace {

constexpr bool is_bipolar_similarity(std::string_view name) {
    return std::ranges::find(Similarities::names, name) != Similarities::names.end();
}

static_assert(std::ranges::all_of(Similarities::names,
                                  [](std::string_view name) {
                                      return Choice<RealSimilarities>::named(name).has_value();
                                  }),
              "a similarity of bipolar vectors is one of real vectors too");

std::optional<std::string> continuous_not_applicable(const Setting& setting) {
    if (setting.precision.is<Exact>())
        return "continuous networks have no exact arithmetic: their states are means of real "
               "vectors; float64 is the finest precision";
    if (setting.formulation.is<Softmax>()) return std::nullopt;
    const bool needs_sign = setting.separation.visit([](auto s) { return s.needs_sign; });
    const SignRange range = setting.real_similarity.visit([](auto s) { return s.range; });
    if (needs_sign && range == SignRange::negative)
        return fmt::format("separation {} takes shares of a sum, and {} is never positive: the "
                           "farthest memory would be retrieved",
                           setting.separation.name(), setting.real_similarity.name());
    return std::nullopt;
}

} // namespace

bool is_continuous(const Setting& setting) {
    return setting.formulation.is<Softmax>() || setting.formulation.is<Universal>();
}

std::optional<std::string> not_applicable(const Setting& setting) {
    if (is_continuous(setting)) return continuous_not_applicable(setting);
    if (!is_bipolar_similarity(setting.real_similarity.name()))
        return fmt::format("similarity {} is defined for continuous networks, not for {}",
                           setting.real_similarity.name(), setting.formulation.name());
    const bool linear =
        setting.similarity.visit([](auto s) { return s.form; }) == SimilarityForm::linear;
    const bool negated = setting.similarity.visit([](auto s) { return s.negated; });
    const bool sign_blind = setting.interaction.visit([](auto f) { return f.sign_blind; });
    const auto similarity = setting.similarity.name();

    if (setting.formulation.is<Classical>()) {
        if (!setting.similarity.is<Dot>())
            return fmt::format("the classical network is defined by the dot product, not by {}",
                               similarity);
        return std::nullopt;
    }
    if (negated && !sign_blind)
        return fmt::format(
            "{} is never positive: under {} the farthest memory or none is retrieved; "
            "use interaction exponential",
            similarity, setting.interaction.name());
    if (setting.rule.is<Gradient>() && !linear)
        return fmt::format("the gradient rule is defined for similarities linear in the overlap, "
                           "which {} is not",
                           similarity);
    return std::nullopt;
}

} // namespace basin
