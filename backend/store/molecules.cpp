// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/molecules.h"

#include "store/connection.h"

namespace papilio::store
{
namespace
{

/// Columns id, smiles, graph, encodings of the current row.
Result<MoleculeRecord> recordOf(const Lease& query, const std::string& path)
{
    MoleculeRecord molecule;
    molecule.id = query.integer(0);
    molecule.smiles = query.text(1);
    auto graph = MolGraph::fromBytes(query.blob(2));
    auto encodings = Encodings::fromBytes(query.blob(3));
    if (!graph || !encodings) {
        return damagedRecord(path, "molecule " + std::to_string(molecule.id) + " (" + molecule.smiles + ")",
                             !graph ? graph.error().message : encodings.error().message);
    }
    molecule.graph = std::move(*graph);
    molecule.encodings = std::move(*encodings);
    if (molecule.graph.atoms.size() != molecule.encodings.atomCount()) {
        return damagedRecord(path, "molecule " + std::to_string(molecule.id) + " (" + molecule.smiles + ")",
                             "graph and encodings have different numbers of atoms");
    }
    return molecule;
}

/// Two statements, and no savepoint around them: it would halve the speed of an import. Nothing if there is a molecule
/// with that SMILES.
std::optional<std::int64_t> insertMolecule(Connection& connection, const std::string& smiles, std::string_view graph,
                                           std::string_view encodings)
{
    if (!Lease(connection, "INSERT INTO molecules (smiles) VALUES (?1)").bind(smiles).runUnlessThere()) {
        return std::nullopt;
    }
    const std::int64_t id = connection.getLastInsertRowid();
    try {
        Lease(connection, "INSERT INTO graphs (molecule, graph, encodings) VALUES (?1, ?2, ?3)")
            .bind(id, Blob{graph}, Blob{encodings})
            .run();
    } catch (const SQLite::Exception&) {
        connection.tryExec("DELETE FROM molecules WHERE id = " + std::to_string(id));
        throw;
    }
    return id;
}

tl::unexpected<Error> noMolecule(const Project& project, std::int64_t id)
{
    return fail(ErrorCode::NotFound,
                "The project '" + project.path() + "' has no molecule " + std::to_string(id) + ".");
}

} // namespace

Molecules::Molecules(Project& project) : m_project(project) {}

Result<std::int64_t> Molecules::count() const
{
    return reading(m_project, [](Connection& connection) -> Result<std::int64_t> {
        Lease query(connection, "SELECT count(*) FROM molecules");
        query.step();
        return query.integer(0);
    });
}

Result<std::optional<std::int64_t>> Molecules::idOf(std::string_view canonicalSmiles) const
{
    const std::string smiles(canonicalSmiles);
    return reading(m_project, [&](Connection& connection) -> Result<std::optional<std::int64_t>> {
        Lease query(connection, "SELECT id FROM molecules WHERE smiles = ?1");
        if (!query.bind(smiles).step()) {
            return std::nullopt;
        }
        return query.integer(0);
    });
}

Result<MoleculeRecord> Molecules::byId(std::int64_t id) const
{
    return reading(m_project, [&](Connection& connection) -> Result<MoleculeRecord> {
        Lease query(connection, "SELECT m.id, m.smiles, g.graph, g.encodings FROM molecules m "
                                "JOIN graphs g ON g.molecule = m.id WHERE m.id = ?1");
        if (!query.bind(id).step()) {
            return noMolecule(m_project, id);
        }
        return recordOf(query, m_project.path());
    });
}

Result<std::vector<std::string>> Molecules::smilesOf(const std::vector<std::int64_t>& ids) const
{
    return reading(m_project, [&](Connection& connection) -> Result<std::vector<std::string>> {
        std::vector<std::string> smiles;
        smiles.reserve(ids.size());
        Lease query(connection, "SELECT smiles FROM molecules WHERE id = ?1");
        for (const std::int64_t id : ids) {
            if (!query.bind(id).step()) {
                return noMolecule(m_project, id);
            }
            smiles.push_back(query.text(0));
            query.reset();
        }
        return smiles;
    });
}

Result<std::vector<std::int64_t>> Molecules::ids() const
{
    return reading(m_project, [](Connection& connection) -> Result<std::vector<std::int64_t>> {
        std::vector<std::int64_t> ids;
        Lease query(connection, "SELECT id FROM molecules ORDER BY id");
        while (query.step()) {
            ids.push_back(query.integer(0));
        }
        return ids;
    });
}

Result<> Molecules::each(const std::function<bool(const MoleculeRecord&)>& callback) const
{
    return reading(m_project, [&](Connection& connection) -> Result<> {
        Lease query(connection, "SELECT m.id, m.smiles, g.graph, g.encodings FROM molecules m "
                                "JOIN graphs g ON g.molecule = m.id ORDER BY m.id");
        while (query.step()) {
            const auto molecule = recordOf(query, m_project.path());
            PAPILIO_TRY(molecule);
            if (!callback(*molecule)) {
                break;
            }
        }
        return {};
    });
}

Result<Molecules::Added> Molecules::add(const std::string& canonicalSmiles, std::string_view graph,
                                        std::string_view encodings)
{
    if (connection(m_project).depth == 0) {
        Transaction transaction(m_project);
        auto added = add(canonicalSmiles, graph, encodings);
        if (added) {
            PAPILIO_TRY(transaction.commit());
        }
        return added;
    }
    return writing(m_project, [&](Connection& connection) -> Result<Added> {
        const auto known = [&]() -> std::optional<std::int64_t> {
            Lease query(connection, "SELECT id FROM molecules WHERE smiles = ?1");
            return query.bind(canonicalSmiles).step() ? std::optional(query.integer(0)) : std::nullopt;
        };
        // New ones come in runs, and so do known ones: what this one is likely to be is tried first.
        std::optional<std::int64_t> id = m_lastWasNew ? std::nullopt : known();
        if (!id) {
            if (const auto added = insertMolecule(connection, canonicalSmiles, graph, encodings)) {
                m_lastWasNew = true;
                return Added{*added, true};
            }
            id = known();
        }
        m_lastWasNew = false;
        return Added{id.value(), false};
    });
}

} // namespace papilio::store
