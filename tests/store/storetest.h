// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <initializer_list>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "store/connection.h"
#include "store/datasets.h"
#include "store/labels.h"
#include "store/molecules.h"
#include "store/project.h"
#include "store/runs.h"

namespace papilio::store
{

template <typename T> bool ok(const Result<T>& result)
{
    if (!result) {
        qWarning("%s: %s", std::string(errorCodeName(result.error().code)).c_str(), result.error().text().c_str());
    }
    return result.has_value();
}

/// Fails with this code, and the text for people has all these pieces.
template <typename T>
bool failsWith(const Result<T>& result, ErrorCode code, std::initializer_list<std::string_view> pieces = {})
{
    if (result) {
        qWarning("expected %s, got success", std::string(errorCodeName(code)).c_str());
        return false;
    }
    const std::string text = result.error().text();
    bool good = result.error().code == code;
    for (const std::string_view piece : pieces) {
        good = good && text.find(piece) != std::string::npos;
    }
    if (!good) {
        qWarning("expected %s, got %s: %s", std::string(errorCodeName(code)).c_str(),
                 std::string(errorCodeName(result.error().code)).c_str(), text.c_str());
    }
    return good;
}

/// A folder for one test; others may look into it.
class TestFolder
{
public:
    TestFolder() { QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755)); }
    ~TestFolder() { QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7755)); }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    std::string file(const std::string& name) const { return m_folder.path().toStdString() + "/" + name; }
    std::string path() const { return m_folder.path().toStdString(); }
    QStringList names() const
    {
        return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
    }

private:
    QTemporaryDir m_folder;
};

/// Root ignores permission bits: for a while, be somebody else.
class Unprivileged
{
public:
    Unprivileged() : m_wasRoot(::geteuid() == 0)
    {
        if (m_wasRoot && (::setegid(65534) != 0 || ::seteuid(65534) != 0)) {
            m_failed = true;
        }
    }
    ~Unprivileged()
    {
        if (m_wasRoot && (::seteuid(0) != 0 || ::setegid(0) != 0)) {
            qFatal("cannot become root again");
        }
    }
    Unprivileged(const Unprivileged&) = delete;
    Unprivileged& operator=(const Unprivileged&) = delete;
    bool failed() const { return m_failed; }

private:
    bool m_wasRoot;
    bool m_failed = false;
};

#define BE_UNPRIVILEGED(name)                                                                                          \
    const Unprivileged name;                                                                                           \
    if (name.failed())                                                                                                 \
    QSKIP("runs as root and cannot become anybody else here")

inline void setMode(const std::string& path, unsigned mode)
{
    QVERIFY(::chmod(path.c_str(), mode) == 0);
}

/// "C17"
inline std::string numbered(std::string prefix, std::int64_t number)
{
    return prefix.append(std::to_string(number));
}

/// A chain of carbons, with numbers in it that depend on 'seed'.
inline MolGraph chain(int atoms, int seed = 0)
{
    MolGraph graph;
    for (int i = 0; i < atoms; ++i) {
        AtomCode atom;
        atom.atomicNumber = static_cast<std::uint8_t>(6 + (i + seed) % 3);
        atom.degree = 4;
        atom.formalCharge = static_cast<std::int8_t>((i + seed) % 3 - 1);
        atom.totalValence = 4;
        graph.atoms.push_back(atom);
        if (i > 0) {
            BondCode bond;
            bond.begin = static_cast<std::uint16_t>(i - 1);
            bond.end = static_cast<std::uint16_t>(i);
            bond.type = static_cast<BondType>((i + seed) % 4);
            graph.bonds.push_back(bond);
        }
    }
    return graph;
}

inline Encodings encodingsOf(int atoms, float value = 0.25F)
{
    Encodings encodings;
    const auto n = static_cast<std::size_t>(atoms);
    encodings.laplacianVectors.assign(n * Encodings::laplacianCount, value);
    encodings.laplacianValues.assign(n * Encodings::laplacianCount, -value);
    encodings.walkReturns.assign(n * Encodings::walkCount, value / 2);
    return encodings;
}

inline Result<Molecules::Added> addMolecule(Project& project, const std::string& smiles, const MolGraph& graph,
                                            const Encodings& encodings)
{
    return Molecules(project).add(smiles, graph.toBytes(), encodings.toBytes());
}

inline std::int64_t addMolecule(Project& project, const std::string& smiles, int atoms = 3)
{
    const auto added = addMolecule(project, smiles, chain(atoms), encodingsOf(atoms));
    return ok(added) ? added->id : -1;
}

inline std::int64_t addDataset(Project& project, const std::string& name)
{
    DatasetRecord dataset;
    dataset.name = name;
    const auto added = Datasets(project).add(dataset);
    return ok(added) ? *added : -1;
}

inline RowRecord rowOf(std::int64_t number, std::int64_t molecule, RowStatus status = RowStatus::Used)
{
    RowRecord row;
    row.row = number;
    row.status = status;
    row.molecule = molecule;
    row.text = numbered("row ", number);
    return row;
}

/// All of them or none.
inline Result<> addRows(Project& project, std::int64_t dataset, const std::vector<RowRecord>& rows)
{
    return writingTogether(project, [&](Connection&) -> Result<> {
        for (const RowRecord& row : rows) {
            const std::string order = packAtomOrder(row.toCanonical);
            PAPILIO_TRY(Datasets(project).addRow(
                dataset, {row.row, row.status, row.molecule, row.reason, row.text, order}));
        }
        return {};
    });
}

} // namespace papilio::store
