// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/inputfiles.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include <glob.h>

#include "core/text.h"
#include "data/bytesource.h"
#include "data/structures.h"
#include "data/tablename.h"

namespace papilio::data
{

namespace
{
namespace fs = std::filesystem;

/// A name without what numbers its file: "qm9_shard_12" gives "qm9", "part-00000-of-00004" nothing.
std::string withoutNumber(std::string name)
{
    const auto digitsOff = [&name] {
        const std::size_t end = name.find_last_not_of("0123456789");
        const bool any = end != name.size() - 1 && !name.empty();
        name.erase(end == std::string::npos ? 0 : end + 1);
        return any;
    };
    const auto signsOff = [&name] {
        const std::size_t end = name.find_last_not_of("-_. ");
        name.erase(end == std::string::npos ? 0 : end + 1);
    };
    const std::string whole = name;
    if (!digitsOff()) {
        return whole;
    }
    signsOff();
    if (name.ends_with("of")) {
        name.erase(name.size() - 2);
        signsOff();
        digitsOff();
        signsOff();
    }
    for (const std::string_view word : {"shard", "part", "chunk", "piece", "batch", "file"}) {
        if (name.size() >= word.size() && equalsIgnoringCase(std::string_view(name).substr(name.size() - word.size()), word)) {
            name.erase(name.size() - word.size());
            signsOff();
            return name;
        }
    }
    return whole; // numbered, but nothing says that it is a piece
}

bool isShard(const std::string& path)
{
    return withoutNumber(baseName(path)) != baseName(path);
}

/// What the names of a group have in common.
std::string groupName(const std::vector<std::string>& files, const std::string& fallback)
{
    std::string common = baseName(files.front());
    for (const std::string& file : files) {
        const std::string name = baseName(file);
        const auto [a, b] = std::mismatch(common.begin(), common.end(), name.begin(), name.end());
        common.erase(a, common.end());
    }
    if (files.size() > 1) {
        const std::string numbered = common + "0";
        const std::string bare = withoutNumber(numbered);
        common = bare == numbered ? common : bare;
        const std::size_t last = common.find_last_not_of("-_. ");
        common.erase(last == std::string::npos ? 0 : last + 1);
    }
    return common.empty() ? fallback : common;
}

std::vector<std::string> globbed(const std::string& pattern)
{
    glob_t found{};
    std::vector<std::string> files;
    if (::glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0) {
        for (std::size_t i = 0; i < found.gl_pathc; ++i) {
            std::error_code code;
            if (fs::is_regular_file(found.gl_pathv[i], code)) {
                files.emplace_back(found.gl_pathv[i]);
            }
        }
    }
    ::globfree(&found);
    std::sort(files.begin(), files.end(), naturalLess);
    return files;
}

std::string folderName(const std::string& path)
{
    const fs::path folder = fs::absolute(path).lexically_normal();
    const std::string name = folder.filename().string();
    return name.empty() ? folder.parent_path().filename().string() : name;
}

Result<InputGroup> groupOf(const std::string& given)
{
    std::error_code code;
    if (fs::is_directory(given, code)) {
        InputGroup group{folderName(given), {}};
        for (const auto& entry : fs::directory_iterator(given, code)) {
            const bool hidden = entry.path().filename().string().starts_with('.'); // "._qm9.csv" of a Mac
            if (hidden || !entry.is_regular_file(code)) {
                continue;
            }
            if (isTableName(entry.path().string())) {
                group.files.push_back(entry.path().string());
            } else {
                group.leftOut.push_back(entry.path().filename().string());
            }
        }
        std::sort(group.files.begin(), group.files.end(), naturalLess);
        std::sort(group.leftOut.begin(), group.leftOut.end(), naturalLess);
        if (group.files.empty()) {
            return fail(ErrorCode::BadInput, "There is no table in the folder '" + given + "'.",
                        "Tables are called .csv, .tsv, .txt, .smi, .sdf or .parquet; text may be packed (.gz, .bz2, .zst).");
        }
        return group;
    }
    if (fs::exists(given, code) || given.find_first_of("*?[") == std::string::npos) {
        return InputGroup{baseName(given), {given}};
    }
    InputGroup group{{}, globbed(given)};
    if (group.files.empty()) {
        return fail(ErrorCode::NotFound, "No file is called '" + given + "'.");
    }
    group.name = groupName(group.files, folderName(fs::path(given).parent_path().string()));
    return group;
}
} // namespace

std::string leftOutNote(const InputGroup& group)
{
    if (group.leftOut.empty()) {
        return {};
    }
    const bool one = group.leftOut.size() == 1;
    return (one ? "The file " : "Files of the folder that are left out, as they are no tables: ") + listed(group.leftOut) +
           (one ? " of the folder is left out, as it is no table." : ".");
}

bool naturalLess(const std::string& a, const std::string& b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    while (i < a.size() && j < b.size()) {
        if (digit(a[i]) && digit(b[j])) {
            const std::size_t endA = std::min(a.find_first_not_of("0123456789", i), a.size());
            const std::size_t endB = std::min(b.find_first_not_of("0123456789", j), b.size());
            const std::size_t fromA = std::min(a.find_first_not_of('0', i), endA);
            const std::size_t fromB = std::min(b.find_first_not_of('0', j), endB);
            const std::string_view numberA(a.data() + fromA, endA - fromA);
            const std::string_view numberB(b.data() + fromB, endB - fromB);
            if (numberA != numberB) {
                return numberA.size() != numberB.size() ? numberA.size() < numberB.size() : numberA < numberB;
            }
            i = endA;
            j = endB;
        } else if (a[i] != b[j]) {
            return a[i] < b[j];
        } else {
            ++i;
            ++j;
        }
    }
    return a.size() - i < b.size() - j || (i == a.size() && j == b.size() && a < b);
}

Result<std::vector<InputGroup>> inputGroups(const std::vector<std::string>& given)
{
    std::vector<InputGroup> groups;
    for (const std::string& one : given) {
        auto group = groupOf(one);
        if (!group) {
            return tl::unexpected(group.error());
        }
        const std::string whole = withoutNumber(baseName(one));
        const bool shard = group->files.size() == 1 && isShard(one);
        const fs::path folder = fs::path(one).parent_path();
        const auto sameTable = std::find_if(groups.begin(), groups.end(), [&](const InputGroup& other) {
            return shard && isShard(other.files.front()) && withoutNumber(baseName(other.files.front())) == whole &&
                   fs::path(other.files.front()).parent_path() == folder;
        });
        if (sameTable != groups.end()) {
            sameTable->files.push_back(one);
            sameTable->name = whole.empty() ? folderName(folder.string()) : whole;
            std::sort(sameTable->files.begin(), sameTable->files.end(), naturalLess);
            continue;
        }
        groups.push_back(std::move(*group));
    }
    return groups;
}

} // namespace papilio::data
