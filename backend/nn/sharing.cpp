// SPDX-License-Identifier: GPL-3.0-or-later
#include "nn/sharing.h"

#include <algorithm>
#include <cstdlib>
#include <string>

namespace papilio::nn
{

namespace
{

constexpr std::size_t levelCount = 5;

std::vector<double> numbersOf(const RowCounts& counts)
{
    std::vector<double> numbers;
    for (const std::int64_t count : {counts.graphs, counts.nodes, counts.edges, counts.pairs, counts.squares}) {
        numbers.push_back(static_cast<double>(count));
    }
    return numbers;
}

RowCounts countsOf(std::span<const double> numbers)
{
    const auto count = [&](std::size_t i) { return static_cast<std::int64_t>(numbers[i]); };
    return {count(0), count(1), count(2), count(3), count(4)};
}

} // namespace

std::vector<RowCounts> rowsBefore(std::span<const Batch> parts)
{
    std::vector<RowCounts> before;
    RowCounts sum;
    for (const Batch& part : parts) {
        before.push_back(sum);
        sum += rowCounts(part);
    }
    return before;
}

Result<std::vector<RowCounts>> shareLabels(Processes& processes, std::span<const Batch> parts, StepLoss& loss)
{
    const auto size = static_cast<std::size_t>(processes.size());
    const auto rank = static_cast<std::size_t>(processes.rank());
    std::vector<double> numbers = loss.weightSums();
    const std::size_t weights = numbers.size();
    numbers.resize(weights + parts.size() * size * levelCount, 0.0);
    const auto placeOf = [&](std::size_t part, std::size_t process) {
        return weights + (part * size + process) * levelCount;
    };
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const std::vector<double> own = numbersOf(rowCounts(parts[part]));
        std::copy(own.begin(), own.end(), numbers.begin() + static_cast<std::ptrdiff_t>(placeOf(part, rank)));
    }
    PAPILIO_TRY(processes.sum(numbers));
    loss.setWeightSums(std::span(numbers).first(weights));
    std::vector<RowCounts> before;
    RowCounts sum;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        for (std::size_t process = 0; process < size; ++process) {
            if (process == rank) {
                before.push_back(sum);
            }
            sum += countsOf(std::span(numbers).subspan(placeOf(part, process), levelCount));
        }
    }
    return before;
}

Result<> shareLosses(Processes& processes, const std::vector<double>& before, StepLoss& loss)
{
    std::vector<double> added = loss.lossSums();
    for (std::size_t h = 0; h < added.size(); ++h) {
        added[h] -= before[h];
    }
    PAPILIO_TRY(processes.sum(added));
    for (std::size_t h = 0; h < added.size(); ++h) {
        added[h] += before[h];
    }
    loss.setLossSums(added);
    return {};
}

Result<std::vector<std::int64_t>> sharePlaces(Processes& processes, std::span<const Batch> parts,
                                              const std::vector<RowCounts>& before,
                                              const std::vector<std::int64_t>& places)
{
    std::string own;
    for (const std::int64_t place : places) {
        std::int64_t left = place;
        std::size_t part = 0;
        while (part + 1 < parts.size() && left >= parts[part].graphs) {
            left -= parts[part++].graphs;
        }
        own += std::to_string(before[part].graphs + left) + ' ';
    }
    const auto all = processes.exchange(own);
    if (!all) {
        return tl::unexpected(all.error());
    }
    std::vector<std::int64_t> joined;
    for (const std::string& text : *all) {
        for (std::size_t start = 0; start < text.size(); start = text.find(' ', start) + 1) {
            joined.push_back(std::strtoll(text.c_str() + start, nullptr, 10));
        }
    }
    std::sort(joined.begin(), joined.end());
    return joined;
}

} // namespace papilio::nn
