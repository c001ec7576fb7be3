#include "models/separability/extreme_points.hpp"

#include "models/continuous/real_network.hpp"
#include "models/continuous/scorer.hpp"
#include "models/geometry/min_norm_point.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace basin {

namespace {

/// Points whose places are looked for side by side; more would wait for the last ones longer than
/// they save.
constexpr std::size_t most_abreast = 64;

/// What is known of all points.
struct Cloud {
    explicit Cloud(const RealMatrix& all) : points(all), centre(all.columns) {
        for (std::size_t r = 0; r < all.rows; ++r) {
            for (std::size_t i = 0; i < all.columns; ++i)
                centre[i] += all.row(r)[i];
            lengths.push_back(std::sqrt(squared_length(all.row(r))));
            longest = std::max(longest, lengths.back());
        }
        const auto count = static_cast<double>(all.rows);
        for (double& x : centre)
            x /= count;
        for (const double length : lengths)
            mean_length += length / count;
    }

    const RealMatrix& points;
    std::vector<double> centre;
    std::vector<double> lengths; ///< [point]
    double longest = 0.0;
    double mean_length = 0.0;
};

/// The search for the place of one point.
class Search {
public:
    Search(const Cloud& cloud, std::size_t place_in_list, std::uint32_t point)
        : cloud_(&cloud), in_list_(place_in_list), point_(point), direction_(cloud.centre),
          corral_(cloud.points, point), scale_(cloud.lengths[point] + cloud.mean_length),
          rounds_(100 + 4 * std::min(cloud.points.rows, cloud.points.columns)) {
        // The centre is a combination like others, and most corners are told by looking at it.
        for (std::size_t i = 0; i < direction_.size(); ++i)
            direction_[i] -= cloud.points.row(point)[i];
    }

    std::size_t place_in_list() const { return in_list_; }
    std::uint32_t point() const { return point_; }
    std::span<const double> direction() const { return direction_; }

    /// Goes on with the products of the direction and points: the point's own, and the least of all
    /// others with its index. Nothing: the next direction is to be tried.
    std::optional<HullPlace> step(double own, double least, std::size_t at_least) {
        double square = 0.0;
        for (const double d : direction_)
            square += d * d;
        const double length = std::sqrt(square);
        // Products are sums of as many terms as there are units, each rounded once.
        const double error = static_cast<double>(direction_.size()) * 0x1p-52 *
                             (cloud_->longest + cloud_->lengths[point_]);
        if (least - own > length * (hull_tolerance * scale_ + error)) return HullPlace::extreme;
        if (rounds_-- == 0 || !corral_.take_in(at_least)) return HullPlace::undecided;
        direction_.assign(corral_.nearest().begin(), corral_.nearest().end());
        scale_ = cloud_->lengths[point_];
        for (const Corral::Member& member : corral_.members())
            scale_ += member.weight * cloud_->lengths[member.point];
        if (std::sqrt(corral_.squared_length()) <= hull_tolerance * scale_)
            return HullPlace::inside;
        return std::nullopt;
    }

private:
    const Cloud* cloud_;
    std::size_t in_list_;
    std::uint32_t point_;
    std::vector<double> direction_; ///< to a combination of the others
    Corral corral_;
    double scale_; ///< |x| and the mean length of what is combined
    std::size_t rounds_;
};

/// Takes a step of each search; those that have come to an end tell their place and go.
void step_all(const Scorer<double>& products, std::vector<Search>& searches,
              std::vector<HullPlace>& places) {
    constexpr std::size_t step = RealTile<double>::query_step;
    const std::size_t count = searches.size();
    Block<double> directions(products.dimension(), (count + step - 1) / step * step);
    for (std::size_t i = 0; i < directions.rows; ++i)
        for (std::size_t q = 0; q < directions.queries; ++q)
            directions.row(i)[q] = searches[std::min(q, count - 1)].direction()[i];
    Block<double> scores(products.memory_count(), directions.queries);
    products.score(directions, scores);

    std::vector<double> least(count, std::numeric_limits<double>::infinity());
    std::vector<std::size_t> at_least(count);
    for (std::size_t r = 0; r < scores.rows; ++r)
        for (std::size_t q = 0; q < count; ++q)
            if (const double score = scores.row(r)[q];
                score < least[q] && searches[q].point() != r) {
                least[q] = score;
                at_least[q] = r;
            }
    std::vector<Search> going_on;
    for (std::size_t q = 0; q < count; ++q) {
        const double own = scores.row(searches[q].point())[q];
        if (const auto place = searches[q].step(own, least[q], at_least[q]))
            places[searches[q].place_in_list()] = *place;
        else
            going_on.push_back(std::move(searches[q]));
    }
    searches = std::move(going_on);
}

} // namespace

std::vector<HullPlace> hull_places(const RealMatrix& points, std::span<const std::uint32_t> which,
                                   const Patience& patience) {
    std::vector<HullPlace> places(which.size(), HullPlace::undecided);
    if (points.rows == 1) return std::vector<HullPlace>(which.size(), HullPlace::extreme);
    const Cloud cloud(points);
    const Scorer<double> products(
        points, {Choice<RealSimilarities>::of<RealDot>(), 1.0, Choice<Precisions>::of<Float64>()});
    const std::size_t abreast = std::min(queries_abreast(points.rows), most_abreast);
    std::vector<Search> searches;
    for (std::size_t next = 0; next < which.size() || !searches.empty();) {
        if (patience && !patience()) break;
        for (; next < which.size() && searches.size() < abreast; ++next)
            searches.emplace_back(cloud, next, which[next]);
        step_all(products, searches, places);
    }
    return places;
}

HullCount& HullCount::operator+=(std::span<const HullPlace> places) {
    for (const HullPlace place : places)
        ++(place == HullPlace::extreme ? extreme : place == HullPlace::inside ? inside : undecided);
    looked_at += static_cast<std::uint32_t>(places.size());
    return *this;
}

} // namespace basin
