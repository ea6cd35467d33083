// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace papilio::learn
{

/// (value − mean) / sd, fitted on the training part; mean 0 and sd 1 for tasks that are not regression.
struct Normalisation {
    double mean = 0;
    double sd = 1;
};

/// How a regression column is brought to numbers around 1.
enum class NormalisationMethod : std::uint8_t {
    None,   ///< "none": as it is
    Normal, ///< "normal": mean 0, standard deviation 1 (divided by n)
    Unit,   ///< "unit": smallest value 0, largest 1; 'mean' is the smallest, 'sd' the range
};
std::string_view normalisationName(NormalisationMethod method);
std::optional<NormalisationMethod> normalisationFromName(std::string_view name);

/// Method, and the range that training labels are clipped to before anything is fitted, in label units. Either bound
/// works alone (in the published library only both together do, and its 'normal' fits before it clips).
struct LabelScaling {
    NormalisationMethod method = NormalisationMethod::Normal;
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();

    double clipped(double value) const; ///< NaN (missing) stays NaN
};

/// Collects a column value by value; memory does not depend on how many there are.
class NormalisationFit
{
public:
    void add(double value); ///< NaN = missing, ignored
    std::int64_t count() const { return m_n; }
    /// True if all values are one, but for the last digits. Such a column gets sd 1: normalised it is 0, not NaN.
    bool isConstant() const;
    /// Mean 0 and sd 1 without any value.
    Normalisation result(NormalisationMethod method) const;

private:
    double sd() const;

    std::int64_t m_n = 0;
    double m_mean = 0, m_squares = 0; ///< updated value by value: exact for means far from 0
    double m_least = std::numeric_limits<double>::infinity();
    double m_most = -std::numeric_limits<double>::infinity();
};

/// Of a whole column; clips first.
Normalisation fitNormalisation(std::span<const double> values, const LabelScaling& scaling);

} // namespace papilio::learn
