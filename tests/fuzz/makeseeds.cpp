// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the first inputs of the fuzzers from real files: fuzz_seeds DATA OUT writes OUT/csv, OUT/smi, … (see README.md).
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "chem/positional.h"
#include "data/bytesource.h"
#include "data/structures.h"
#include "data/table.h"
#include "store/bytes.h"
#include "store/labels.h"
#include "store/source.h"
#include "tests/support/zipfiles.h"

namespace fs = std::filesystem;
using namespace papilio;

namespace
{

constexpr std::size_t headBytes = 3000;  ///< small inputs find more in the same time
constexpr std::size_t wholeBytes = 30000; ///< packed files cannot be cut

int written = 0;

void save(const fs::path& folder, const std::string& name, const std::string& bytes)
{
    fs::create_directories(folder);
    std::ofstream(folder / name, std::ios::binary) << bytes;
    ++written;
}

/// The beginning of a file, unpacked, up to a whole line.
std::string headOf(const fs::path& path)
{
    auto source = data::ByteSource::open(path.string());
    std::string text(headBytes, '\0');
    std::size_t filled = 0;
    while (source && filled < text.size()) {
        const auto got = (*source)->read(text.data() + filled, text.size() - filled);
        if (!got || *got == 0) {
            break;
        }
        filled += *got;
    }
    text.resize(filled);
    const std::size_t end = text.rfind('\n');
    return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::string wholeFile(const fs::path& path)
{
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
}

/// The same table as other programs write it.
void saveVariants(const fs::path& folder, const std::string& name, const std::string& text)
{
    const auto replaced = [&](char from, const std::string& to) {
        std::string copy;
        for (const char c : text) {
            copy += c == from ? to : std::string(1, c);
        }
        return copy;
    };
    // The first byte chooses how a table is read; 0 leaves it open.
    const std::string open(1, '\0');
    save(folder, name, open + text);
    save(folder, name + "-semicolon", open + replaced(',', ";"));
    save(folder, name + "-tab", open + replaced(',', "\t"));
    save(folder, name + "-crlf", open + "\xEF\xBB\xBF" + replaced('\n', "\r\n"));
    std::string wide = "\xFF\xFE";
    for (const char c : text) {
        wide += c;
        wide += '\0';
    }
    save(folder, name + "-utf16", open + wide);
}

void saveCells(const fs::path& out, const std::string& name, const std::string& table)
{
    std::istringstream lines(table);
    std::string line, cell;
    int count = 0;
    while (std::getline(lines, line) && count < 4) {
        std::istringstream cells(line);
        for (int k = 0; std::getline(cells, cell, ',') && k < 4; ++k) {
            save(out / "cells", name + std::to_string(count) + "-" + std::to_string(k), cell);
        }
        ++count;
    }
}

void saveBlobs(const fs::path& out, const std::string& name, const std::string& smiles)
{
    const auto molecule = data::readStructure(smiles, false);
    if (!molecule) {
        return;
    }
    const auto put = [&](char kind, const std::string& bytes) {
        save(out / "blobs", name + "-" + std::to_string(kind), std::string(1, kind) + bytes);
    };
    put(0, molecule->graph().toBytes());
    put(1, chem::computeEncodings(molecule->graph()).toBytes());
    store::LabelSet labels;
    labels.entries.push_back({3, {1}});
    labels.entries.push_back({12, {0.1}});
    labels.entries.push_back({900, std::vector<double>(molecule->graph().atoms.size(), 0.5)});
    put(2, labels.toBytes());
    store::SourceRow row;
    row.cells = {smiles, "1.5", "", "x"};
    put(4, store::SourceRows::pack(std::vector{row, row}));
    put(5, store::atomOrderToBytes(molecule->toCanonical()));
    put(6, store::idsToBytes({1, 2, 5, 900}));
}

void saveTable(const fs::path& out, const fs::path& path)
{
    std::string name = path.parent_path().filename().string() + "-" + path.filename().string();
    const std::string text = headOf(path);
    saveVariants(out / "csv", name, text);
    saveCells(out, name, text);
    if (fs::file_size(path) <= wholeBytes) {
        save(out / "packed", name, std::string(1, '\0') + wholeFile(path));
    }
    const std::string inside = path.extension() == ".gz" ? path.stem().filename().string() : path.filename().string();
    for (const bool deflated : {false, true}) { // the checksum of what is cut off is right
        const std::string zipped = foreign::zip({{"README.txt", "About."}, {"x/" + inside, text, deflated}});
        save(out / "packed", name + (deflated ? "-deflated" : "-stored") + ".zip", std::string(1, '\0') + zipped);
    }
    auto table = data::openTable(path.string());
    data::TableRow row;
    for (int i = 0; table && i < 6; ++i) {
        const auto more = (*table)->next(row);
        if (!more || !*more) {
            break;
        }
        for (const std::string& cell : row.cells) {
            if (cell.size() > 3 && cell.find_first_of("CcN") != std::string::npos && data::readStructure(cell, false)) {
                save(out / "structures", name + std::to_string(i), cell);
                save(out / "smi", name + std::to_string(i), std::string(1, '\0') + cell + " name\n" + cell + "\tname\n");
                saveBlobs(out, name + std::to_string(i), cell);
                break;
            }
        }
    }
}

void saveSdf(const fs::path& out, const fs::path& path)
{
    const std::string text = headOf(path);
    save(out / "sdf", path.filename().string(), std::string(1, '\0') + text);
    save(out / "structures", path.filename().string(), text.substr(0, text.find("$$$$")));
}

void saveOther(const fs::path& out, const fs::path& path)
{
    const std::string name = path.filename().string();
    if (name.ends_with(".pt")) {
        save(out / "torchzip", name, wholeFile(path));
        save(out / "splits", name, wholeFile(path));
    } else if (name.find("split") != std::string::npos) {
        save(out / "splits", name + ".csv", headOf(path));
    }
}

} // namespace

int main(int count, char** words)
{
    if (count < 3) {
        std::fprintf(stderr, "fuzz_seeds DATA OUT [PRESETS]\n");
        return 2;
    }
    const fs::path out = words[2];
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(words[1])) {
        if (entry.is_regular_file()) {
            files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& path : files) {
        const std::string name = path.filename().string();
        if (name.ends_with(".csv.gz") && path.string().find("/parity/") == std::string::npos) {
            saveTable(out, path);
        } else if (name.ends_with(".sdf.gz")) {
            saveSdf(out, path);
        }
        saveOther(out, path);
    }
    if (count > 3) {
        for (const auto& entry : fs::directory_iterator(words[3])) {
            save(out / "presets", entry.path().filename().string(), wholeFile(entry.path()));
        }
    }
    for (const char* split : {"random:0.8/0.1/0.1", "scaffold,acyclic=one", "column:split,train=a+b,test=c,val=*",
                              "file:qm9=a.pt|zinc=b.csv,test_seen", "cluster:0.7/0.1/0.2,cutoff=0.5,per-dataset"}) {
        save(out / "presets", "split-" + std::to_string(written), split);
    }
    save(out / "presets", "recipe", R"({"strip_salts":true,"neutralise":false,"duplicates":"mean"})");
    std::printf("%d inputs\n", written);
    return 0;
}
