// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <span>

#include "core/bytes.h"
#include "core/features.h"

namespace papilio
{

namespace
{

constexpr std::uint16_t formatVersion = 1;
constexpr std::size_t mostAtoms = 4096, mostEdges = 65534, mostValues = std::size_t{1} << 28;

/// How the values of one column are stored; the narrowest that gives back every bit is taken.
enum class Form : std::uint8_t {
    Constant = 0, ///< one half-precision number for all rows
    Bits = 1,     ///< 0 or 1, eight rows a byte, lowest bit first
    Bytes = 2,    ///< whole numbers −128 … 127
    Halves = 3,
};

/// rows × width numbers, row-major; 'step' rows lie apart (2 where every other row repeats the one before).
struct Matrix {
    std::size_t rows = 0, width = 0;
    std::size_t step = 1;
};

bool isWhole(std::uint16_t half)
{
    const float value = fromHalf(half);
    const bool small = value >= -128.0F && value <= 127.0F && value == static_cast<float>(static_cast<int>(value));
    return small && half != 0x8000U; // −0 is no whole number here: its sign would be lost
}

Form formOf(std::span<const std::uint16_t> column)
{
    const auto all = [&](auto&& test) { return std::all_of(column.begin(), column.end(), test); };
    if (all([&](std::uint16_t half) { return half == column.front(); })) {
        return Form::Constant;
    }
    if (all([](std::uint16_t half) { return half == 0 || half == 0x3c00U; })) {
        return Form::Bits;
    }
    return all(isWhole) ? Form::Bytes : Form::Halves;
}

void appendColumn(std::string& out, std::span<const std::uint16_t> column, Form form)
{
    switch (form) {
    case Form::Constant:
        appendU16(out, column.empty() ? 0 : column.front());
        return;
    case Form::Bits:
        for (std::size_t i = 0; i < column.size(); ++i) {
            if (i % 8 == 0) {
                out.push_back(0);
            }
            out.back() = static_cast<char>(out.back() | ((column[i] != 0 ? 1 : 0) << (i % 8)));
        }
        return;
    case Form::Bytes:
        for (const std::uint16_t half : column) {
            out.push_back(static_cast<char>(static_cast<int>(fromHalf(half))));
        }
        return;
    case Form::Halves:
        for (const std::uint16_t half : column) {
            appendU16(out, half);
        }
        return;
    }
}

/// A byte of form for each column, then the columns.
void appendMatrix(std::string& out, const std::vector<float>& values, const Matrix& matrix)
{
    const std::size_t rows = matrix.rows / matrix.step;
    std::vector<std::uint16_t> column(rows);
    const std::size_t forms = out.size();
    out.append(matrix.width, '\0');
    for (std::size_t k = 0; k < matrix.width; ++k) {
        for (std::size_t i = 0; i < rows; ++i) {
            column[i] = toHalf(values[i * matrix.step * matrix.width + k]);
        }
        const Form form = rows == 0 ? Form::Constant : formOf(column);
        out[forms + k] = static_cast<char>(form);
        appendColumn(out, column, form);
    }
}

/// Takes pieces off the front; 'good' is false for ever once they run out.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}
    bool good() const { return m_good; }
    /// Takes from what a molecule may have in values: a column of equal ones is a single byte here, whatever its length.
    bool grant(std::size_t values)
    {
        m_left -= std::min(m_left, values);
        return m_left > 0;
    }
    bool atEnd() const { return m_good && m_rest.empty(); }

    std::string_view take(std::size_t count)
    {
        m_good = m_good && count <= m_rest.size();
        const std::string_view piece = m_good ? m_rest.substr(0, count) : std::string_view();
        m_rest.remove_prefix(piece.size());
        return piece;
    }
    std::size_t u8()
    {
        const std::string_view piece = take(1);
        return piece.empty() ? 0 : static_cast<unsigned char>(piece[0]);
    }
    std::size_t u16()
    {
        const std::string_view piece = take(2);
        return piece.empty() ? 0 : readU16(piece, 0);
    }
    void spoil() { m_good = false; }

private:
    std::string_view m_rest;
    bool m_good = true;
    std::size_t m_left = mostValues / 2; ///< of all matrices together
};

void readColumn(Reader& reader, Form form, std::vector<float>& column)
{
    const std::size_t rows = column.size();
    if (form == Form::Constant) {
        std::fill(column.begin(), column.end(), fromHalf(static_cast<std::uint16_t>(reader.u16())));
        return;
    }
    const std::size_t bytes = form == Form::Bits ? (rows + 7) / 8 : form == Form::Bytes ? rows : 2 * rows;
    const std::string_view piece = reader.take(bytes);
    if (!reader.good()) {
        return;
    }
    for (std::size_t i = 0; i < rows; ++i) {
        if (form == Form::Bits) {
            column[i] = ((static_cast<unsigned char>(piece[i / 8]) >> (i % 8)) & 1) != 0 ? 1.0F : 0.0F;
        } else if (form == Form::Bytes) {
            column[i] = static_cast<float>(static_cast<signed char>(piece[i]));
        } else {
            column[i] = fromHalf(readU16(piece, 2 * i));
        }
    }
}

void readMatrix(Reader& reader, std::vector<float>& values, const Matrix& matrix)
{
    const std::string_view forms = reader.take(matrix.width);
    if (!reader.good() || (matrix.width > 0 && matrix.rows > mostValues / matrix.width) ||
        !reader.grant(matrix.rows * matrix.width)) {
        reader.spoil();
        return;
    }
    values.assign(matrix.rows * matrix.width, 0.0F);
    std::vector<float> column(matrix.rows / matrix.step);
    for (std::size_t k = 0; k < matrix.width && reader.good(); ++k) {
        if (static_cast<unsigned char>(forms[k]) > static_cast<unsigned char>(Form::Halves)) {
            reader.spoil();
            return;
        }
        readColumn(reader, static_cast<Form>(forms[k]), column);
        for (std::size_t i = 0; i < matrix.rows; ++i) {
            values[i * matrix.width + k] = column[i / matrix.step];
        }
    }
}

std::size_t rowsOf(Level level, std::size_t atoms, std::size_t edges)
{
    return level == Level::Edge ? edges : level == Level::NodePair ? atoms * atoms : atoms;
}

/// True if both directions of every bond have the same values.
bool isPaired(const std::vector<float>& values, std::size_t edges, std::size_t width)
{
    for (std::size_t at = 0; at + 1 < edges; at += 2) {
        for (std::size_t k = 0; k < width; ++k) {
            const float there = values[at * width + k], back = values[(at + 1) * width + k];
            if (std::bit_cast<std::uint32_t>(there) != std::bit_cast<std::uint32_t>(back)) {
                return false;
            }
        }
    }
    return edges % 2 == 0;
}

void appendEdges(std::string& out, const std::vector<float>& values, std::size_t edges, std::size_t width)
{
    const bool paired = isPaired(values, edges, width);
    out.push_back(paired ? 2 : 1);
    appendMatrix(out, values, {edges, width, paired ? std::size_t{2} : std::size_t{1}});
}

void readEdges(Reader& reader, std::vector<float>& values, std::size_t edges, std::size_t width)
{
    const std::size_t step = reader.u8();
    if (step < 1 || step > 2 || edges % step != 0) {
        reader.spoil();
        return;
    }
    readMatrix(reader, values, {edges, width, step});
}

void readBlock(Reader& reader, MoleculeInputs::Block& block, std::size_t atoms, std::size_t edges)
{
    block.key = std::string(reader.take(reader.u8()));
    const std::size_t level = reader.u8(), width = reader.u16();
    if (level < 1 || level > 3) {
        reader.spoil();
        return;
    }
    block.level = static_cast<Level>(level);
    block.width = static_cast<int>(width);
    if (block.level == Level::Edge) {
        readEdges(reader, block.values, edges, width);
    } else {
        readMatrix(reader, block.values, {rowsOf(block.level, atoms, edges), width});
    }
}

} // namespace

std::string MoleculeInputs::toBytes() const
{
    const auto atomCount = static_cast<std::size_t>(atoms), edgeCount = static_cast<std::size_t>(edges);
    const std::size_t nodeWidth = atomCount > 0 ? nodeFeatures.size() / atomCount : 0;
    const std::size_t edgeWidth = edgeCount > 0 ? edgeFeatures.size() / edgeCount : 0;
    std::string out;
    for (const std::size_t number : {std::size_t{formatVersion}, atomCount, edgeCount, nodeWidth, edgeWidth}) {
        appendU16(out, static_cast<std::uint16_t>(number));
    }
    out.push_back(static_cast<char>(encodings.size()));
    appendMatrix(out, nodeFeatures, {atomCount, nodeWidth});
    appendEdges(out, edgeFeatures, edgeCount, edgeWidth);
    for (const Block& block : encodings) {
        const auto width = static_cast<std::size_t>(block.width);
        out.push_back(static_cast<char>(block.key.size()));
        out += block.key;
        out.push_back(static_cast<char>(block.level));
        appendU16(out, static_cast<std::uint16_t>(width));
        if (block.level == Level::Edge) {
            appendEdges(out, block.values, edgeCount, width);
        } else {
            appendMatrix(out, block.values, {rowsOf(block.level, atomCount, edgeCount), width});
        }
    }
    return out;
}

Result<MoleculeInputs> MoleculeInputs::fromBytes(std::string_view bytes)
{
    Reader reader(bytes);
    const std::size_t version = reader.u16(), atomCount = reader.u16(), edgeCount = reader.u16();
    const std::size_t nodeWidth = reader.u16(), edgeWidth = reader.u16(), blocks = reader.u8();
    if (version != formatVersion || atomCount > mostAtoms || edgeCount > mostEdges) {
        reader.spoil();
    }
    MoleculeInputs inputs;
    inputs.atoms = static_cast<std::int64_t>(atomCount);
    inputs.edges = static_cast<std::int64_t>(edgeCount);
    if (reader.good()) {
        readMatrix(reader, inputs.nodeFeatures, {atomCount, nodeWidth});
    }
    if (reader.good()) {
        readEdges(reader, inputs.edgeFeatures, edgeCount, edgeWidth);
    }
    for (std::size_t i = 0; i < blocks && reader.good(); ++i) {
        readBlock(reader, inputs.encodings.emplace_back(), atomCount, edgeCount);
    }
    if (!reader.atEnd()) {
        return fail(ErrorCode::Damaged,
                    "Stored inputs of a molecule are damaged (" + std::to_string(bytes.size()) + " bytes).");
    }
    return inputs;
}

} // namespace papilio
