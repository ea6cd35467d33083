// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/connection.h"
#include "store/labelbytes.h"
#include "store/search.h"

namespace papilio::store
{

MoleculePlaces::MoleculePlaces(Project& project) : m_project(project), m_names(project) {}

Result<MoleculePlace> MoleculePlaces::of(std::int64_t molecule) const
{
    auto place = reading(m_project, [&](Connection& connection) -> Result<MoleculePlace> {
        MoleculePlace found;
        {
            Lease query(connection, "SELECT dataset, row FROM input_rows WHERE molecule = ?1 ORDER BY dataset, row LIMIT 1");
            if (!query.bind(molecule).step()) {
                return found;
            }
            found.dataset = query.integer(0);
            found.row = query.integer(1);
        }
        Lease query(connection, "SELECT entries FROM labels WHERE dataset = ?1 AND molecule = ?2");
        if (query.bind(found.dataset, molecule).step()) {
            found.labels = entryCount(query.blob(0));
        }
        return found;
    });
    if (place && place->dataset > 0) {
        auto names = m_names.ofRow(place->dataset, place->row);
        if (!names) {
            return tl::unexpected<Error>(std::move(names).error());
        }
        place->name = names->empty() ? std::string() : names->front().text;
    }
    return place;
}

} // namespace papilio::store
